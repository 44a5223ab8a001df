package io.tailwalk.sampling;

import io.tailwalk.core.cost.Budget;
import java.util.function.LongSupplier;

/**
 * Options of a run.
 *
 * @param n number of completions, at least 1
 * @param budget the budget of the run
 * @param seed of all randomness: same seed, same problem, same result
 * @param nanoClock the caller's monotonic clock, or {@code () -> 0} for none
 * @param wholeBudget whether a sampler that could stop at n completions continues until the budget
 *     is used, so that samplers are compared at equal cost; it still returns n
 * @param distributionBytes memory for next-token distributions, at least 1 and at most a quarter of
 *     the tree's memory; {@link Long#MAX_VALUE} for that quarter, and for more while another one is
 *     free. What does not fit is evaluated again when it is needed, at no model tokens of the
 *     budget: the limit changes model calls and no result
 */
public record RunOptions(
    int n,
    Budget budget,
    long seed,
    LongSupplier nanoClock,
    boolean wholeBudget,
    long distributionBytes) {
  /** Refuses {@code n < 1} and no memory. */
  public RunOptions {
    if (n < 1) {
      throw new IllegalArgumentException("n must be at least 1, got " + n);
    }
    if (distributionBytes < 1) {
      throw new IllegalArgumentException(
          "distributions need at least 1 byte, got " + distributionBytes);
    }
  }

  /** With the default memory for distributions. */
  public RunOptions(int n, Budget budget, long seed, LongSupplier nanoClock, boolean wholeBudget) {
    this(n, budget, seed, nanoClock, wholeBudget, Long.MAX_VALUE);
  }

  /** Stops after n completions. */
  public RunOptions(int n, Budget budget, long seed, LongSupplier nanoClock) {
    this(n, budget, seed, nanoClock, false);
  }

  /** Without a clock. */
  public static RunOptions of(int n, Budget budget, long seed) {
    return new RunOptions(n, budget, seed, () -> 0L);
  }

  /** The same options, continuing until the budget is used. */
  public RunOptions toTheEndOfTheBudget() {
    return new RunOptions(n, budget, seed, nanoClock, true, distributionBytes);
  }

  /** The same options with a limit on the memory of next-token distributions. */
  public RunOptions keepingDistributions(long bytes) {
    return new RunOptions(n, budget, seed, nanoClock, wholeBudget, bytes);
  }

  /** Number of completions at which a sampler may stop if it needs no more. */
  public int enough() {
    return wholeBudget ? Integer.MAX_VALUE : n;
  }
}
