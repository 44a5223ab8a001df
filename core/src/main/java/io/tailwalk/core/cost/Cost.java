package io.tailwalk.core.cost;

/**
 * The cost of a run, counted the same way for every sampler.
 *
 * @param promptTokens prompt tokens pushed through the model
 * @param modelTokens completion tokens pushed through the model, except those evaluated again
 *     because memory was short
 * @param modelCalls batched forward calls
 * @param decodeCalls calls of the engine, more than {@code modelCalls} where it refused a batch
 *     that was then computed in parts
 * @param nodesExpanded nodes whose children were made; each node once
 * @param cachedTokens times a next-token distribution was needed again and found in the tree
 * @param valueCalls prefixes valued (a whole vocabulary under one mask counts once)
 * @param verifierCalls complete responses verified (a whole vocabulary under one mask counts once)
 * @param steps moves of walks, lazy ones included, or extensions of particles and candidates by one
 *     action
 * @param wallNanos elapsed time, 0 when no clock was given
 */
public record Cost(
    long promptTokens,
    long modelTokens,
    long modelCalls,
    long decodeCalls,
    long nodesExpanded,
    long cachedTokens,
    long valueCalls,
    long verifierCalls,
    long steps,
    long wallNanos) {

  /** Zero cost. */
  public static final Cost ZERO = new Cost(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** The sum of two costs. */
  public Cost plus(Cost other) {
    return new Cost(
        promptTokens + other.promptTokens,
        modelTokens + other.modelTokens,
        modelCalls + other.modelCalls,
        decodeCalls + other.decodeCalls,
        nodesExpanded + other.nodesExpanded,
        cachedTokens + other.cachedTokens,
        valueCalls + other.valueCalls,
        verifierCalls + other.verifierCalls,
        steps + other.steps,
        wallNanos + other.wallNanos);
  }
}
