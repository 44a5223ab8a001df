package io.tailwalk.lab;

import java.util.Locale;

/** How much of an experiment is run. */
public enum Scale {
  /** A look: minutes at most; the verdict is about the small cells only. */
  QUICK,
  /** All that the claim speaks of. */
  FULL;

  /** The name on the command line. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What of two sizes it takes. */
  public <T> T choose(T quick, T full) {
    return this == QUICK ? quick : full;
  }
}
