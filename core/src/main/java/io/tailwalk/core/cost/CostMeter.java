package io.tailwalk.core.cost;

import io.tailwalk.core.model.ModelUsage;
import java.util.function.LongSupplier;

/** The cost meter of a run. Not thread-safe: a run belongs to one thread. */
public final class CostMeter {
  private final LongSupplier nanoClock;
  private final long startNanos;
  private ModelUsage usage = ModelUsage.NONE;
  private ModelUsage again = ModelUsage.NONE;
  private long nodesExpanded;
  private long cachedTokens;
  private long valueCalls;
  private long verifierCalls;
  private long steps;

  /**
   * Starts at zero.
   *
   * @param nanoClock the caller's monotonic clock in nanoseconds ({@code System::nanoTime}), or
   *     {@code () -> 0} for none
   */
  public CostMeter(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.startNanos = nanoClock.getAsLong();
  }

  /** Sets the usage of the model so far. */
  public void modelUsage(ModelUsage current) {
    usage = current;
  }

  /**
   * Counts the part of the usage that evaluated prefixes again whose distributions had been
   * dropped. Its calls are calls of the model; its tokens are not model tokens of the budget, which
   * has paid them before.
   */
  public void addUsageAgain(ModelUsage more) {
    again = again.plus(more);
  }

  /** Counts expanded nodes. */
  public void addNodesExpanded(long count) {
    nodesExpanded += count;
  }

  /** Counts next-token distributions found in the tree. */
  public void addCachedTokens(long count) {
    cachedTokens += count;
  }

  /** Counts evaluated values. */
  public void addValueCalls(long count) {
    valueCalls += count;
  }

  /** Counts outcomes verified. */
  public void addVerifierCalls(long count) {
    verifierCalls += count;
  }

  /** Counts steps. */
  public void addSteps(long count) {
    steps += count;
  }

  /** Model tokens so far, except those evaluated again. */
  public long modelTokens() {
    return usage.modelTokens() - again.modelTokens();
  }

  /** Model tokens that were evaluated again because memory was short. */
  public long tokensAgain() {
    return again.modelTokens();
  }

  /** Model calls that evaluated prefixes again, among {@link #modelCalls}. */
  public long callsAgain() {
    return again.modelCalls();
  }

  /** Model calls so far. */
  public long modelCalls() {
    return usage.modelCalls();
  }

  /** Nodes expanded so far. */
  public long nodesExpanded() {
    return nodesExpanded;
  }

  /** Steps so far. */
  public long steps() {
    return steps;
  }

  /** Elapsed nanoseconds. */
  public long wallNanos() {
    return nanoClock.getAsLong() - startNanos;
  }

  /** The cost so far. */
  public Cost cost() {
    return new Cost(
        usage.promptTokens(),
        modelTokens(),
        usage.modelCalls(),
        usage.decodeCalls(),
        nodesExpanded,
        cachedTokens,
        valueCalls,
        verifierCalls,
        steps,
        wallNanos());
  }
}
