package io.tailwalk.core.model;

/**
 * Usage of the model by a context since it was opened.
 *
 * @param promptTokens prompt tokens pushed through the model
 * @param modelTokens completion tokens pushed through the model, recomputed ones included
 * @param recomputedTokens the part of {@code modelTokens} that had been evaluated before and whose
 *     state was lost
 * @param modelCalls batched forward calls
 * @param decodeCalls calls of the engine, more than {@code modelCalls} where it refused a batch
 *     that was then computed in parts
 */
public record ModelUsage(
    long promptTokens, long modelTokens, long recomputedTokens, long modelCalls, long decodeCalls) {

  /** Usage of a model whose engine never refuses a batch. */
  public ModelUsage(long promptTokens, long modelTokens, long recomputedTokens, long modelCalls) {
    this(promptTokens, modelTokens, recomputedTokens, modelCalls, modelCalls);
  }

  /** No usage. */
  public static final ModelUsage NONE = new ModelUsage(0, 0, 0, 0, 0);

  /** The sum of two usages. */
  public ModelUsage plus(ModelUsage other) {
    return new ModelUsage(
        promptTokens + other.promptTokens,
        modelTokens + other.modelTokens,
        recomputedTokens + other.recomputedTokens,
        modelCalls + other.modelCalls,
        decodeCalls + other.decodeCalls);
  }

  /** The usage since {@code earlier}. */
  public ModelUsage since(ModelUsage earlier) {
    return new ModelUsage(
        promptTokens - earlier.promptTokens,
        modelTokens - earlier.modelTokens,
        recomputedTokens - earlier.recomputedTokens,
        modelCalls - earlier.modelCalls,
        decodeCalls - earlier.decodeCalls);
  }
}
