package io.tailwalk.sampling;

import io.tailwalk.core.cost.Budget;
import java.util.function.LongSupplier;

/**
 * How a run is to go.
 *
 * @param n completions wanted, at least 1
 * @param budget what the run may cost
 * @param seed of all randomness: same seed, same problem, same result
 * @param nanoClock the caller's monotonic clock, or {@code () -> 0} for none
 */
public record RunOptions(int n, Budget budget, long seed, LongSupplier nanoClock) {
  /** Refuses {@code n < 1}. */
  public RunOptions {
    if (n < 1) {
      throw new IllegalArgumentException("n must be at least 1, got " + n);
    }
  }

  /** Without a clock. */
  public static RunOptions of(int n, Budget budget, long seed) {
    return new RunOptions(n, budget, seed, () -> 0L);
  }
}
