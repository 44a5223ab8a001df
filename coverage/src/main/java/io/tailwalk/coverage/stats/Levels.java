package io.tailwalk.coverage.stats;

import io.tailwalk.coverage.CoverageException;

/** Checks on error probabilities. */
public final class Levels {
  private Levels() {}

  /**
   * The value itself.
   *
   * @throws CoverageException unless it lies strictly between 0 and 1
   */
  public static double requireDelta(double delta) {
    if (!(delta > 0.0 && delta < 1.0)) {
      throw new CoverageException("delta = " + delta + "; it must lie strictly between 0 and 1");
    }
    return delta;
  }
}
