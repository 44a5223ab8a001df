package io.tailwalk.testkit;

import io.tailwalk.core.random.Streams;
import java.util.random.RandomGenerator;

/**
 * The same check on many random cases. A failure names the seed and the case; {@code -Dseed=} sets
 * the seed and {@code -Dcase=} selects one case, so that a failure can be repeated alone.
 */
public final class Sweep {
  private final long seed;
  private final int cases;

  private Sweep(long seed, int cases) {
    this.seed = seed;
    this.cases = cases;
  }

  /** With a fixed seed, unless {@code -Dseed} sets a different one; 100 cases. */
  public static Sweep of(long seed) {
    return new Sweep(Long.getLong("seed", seed), 100);
  }

  /** This sweep with a different number of cases, at least 1. */
  public Sweep cases(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("a sweep needs at least 1 case, got " + number);
    }
    return new Sweep(seed, number);
  }

  /** The check of a case. */
  @FunctionalInterface
  public interface Check {
    /**
     * Throws if the check fails.
     *
     * @param random the case's own stream: it does not depend on the other cases
     * @param number the case's number, from 0, for edge cases listed by hand
     */
    void on(RandomGenerator random, int number) throws Exception;
  }

  /**
   * Runs every case.
   *
   * @throws AssertionError for the first failing case, with seed and case in the message and the
   *     failure as cause
   */
  public void run(Check check) {
    Integer only = Integer.getInteger("case");
    int from = only == null ? 0 : only;
    int to = only == null ? cases : only + 1;
    for (int number = from; number < to; number++) {
      try {
        check.on(Streams.of(seed, number), number);
      } catch (Exception | AssertionError e) {
        throw new AssertionError(
            "case "
                + number
                + " of seed "
                + seed
                + " failed (again with -Dseed="
                + seed
                + " -Dcase="
                + number
                + "): "
                + e.getMessage(),
            e);
      }
    }
  }
}
