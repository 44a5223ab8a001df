package io.tailwalk.lab;

import java.util.List;

/** Whether a claim holds, as decided by the figures. */
public interface Verdict {

  /** Whether the complete claim holds. */
  boolean holds();

  /** The figures that decide and the conditions that failed, one line each. */
  List<String> summary();
}
