package io.tailwalk.lab;

import java.util.List;

/** Whether a claim holds, as the figures decide it. */
public interface Verdict {

  /** Whether all of the claim holds. */
  boolean holds();

  /** The figures that decide, and what failed, a line each. */
  List<String> summary();
}
