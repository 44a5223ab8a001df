package io.tailwalk.core.model;

/**
 * Usage of the model by a context since it was opened.
 *
 * @param promptTokens prompt tokens pushed through the model
 * @param modelTokens completion tokens pushed through the model, recomputed ones included
 * @param recomputedTokens the part of {@code modelTokens} that had been evaluated before and whose
 *     state was lost
 * @param modelCalls batched forward calls
 */
public record ModelUsage(
    long promptTokens, long modelTokens, long recomputedTokens, long modelCalls) {

  /** No usage. */
  public static final ModelUsage NONE = new ModelUsage(0, 0, 0, 0);

  /** The sum of two usages. */
  public ModelUsage plus(ModelUsage other) {
    return new ModelUsage(
        promptTokens + other.promptTokens,
        modelTokens + other.modelTokens,
        recomputedTokens + other.recomputedTokens,
        modelCalls + other.modelCalls);
  }

  /** The usage since {@code earlier}. */
  public ModelUsage since(ModelUsage earlier) {
    return new ModelUsage(
        promptTokens - earlier.promptTokens,
        modelTokens - earlier.modelTokens,
        recomputedTokens - earlier.recomputedTokens,
        modelCalls - earlier.modelCalls);
  }
}
