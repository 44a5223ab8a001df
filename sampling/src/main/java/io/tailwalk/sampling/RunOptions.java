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
 * @param wholeBudget whether a sampler that could stop at n completions goes on until the budget is
 *     used, so that samplers are compared at equal cost; it returns n all the same
 */
public record RunOptions(
    int n, Budget budget, long seed, LongSupplier nanoClock, boolean wholeBudget) {
  /** Refuses {@code n < 1}. */
  public RunOptions {
    if (n < 1) {
      throw new IllegalArgumentException("n must be at least 1, got " + n);
    }
  }

  /** Stops when n completions are there. */
  public RunOptions(int n, Budget budget, long seed, LongSupplier nanoClock) {
    this(n, budget, seed, nanoClock, false);
  }

  /** Without a clock. */
  public static RunOptions of(int n, Budget budget, long seed) {
    return new RunOptions(n, budget, seed, () -> 0L);
  }

  /** The same, going on until the budget is used. */
  public RunOptions toTheEndOfTheBudget() {
    return new RunOptions(n, budget, seed, nanoClock, true);
  }

  /** Completions at which a sampler that needs no more may stop. */
  public int enough() {
    return wholeBudget ? Integer.MAX_VALUE : n;
  }
}
