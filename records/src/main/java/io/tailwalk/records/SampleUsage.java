package io.tailwalk.records;

/**
 * What a completion cost.
 *
 * @param promptTokens tokens of the prompt
 * @param completionTokens tokens of the completion
 * @param discardedTokens tokens evaluated for it that are not in it
 * @param cachedTokens tokens whose evaluation was already at hand
 * @param verifierCalls times the verifier or value was asked
 */
public record SampleUsage(
    long promptTokens,
    long completionTokens,
    long discardedTokens,
    long cachedTokens,
    long verifierCalls) {
  /** Refuses negative counts. */
  public SampleUsage {
    if (promptTokens < 0
        || completionTokens < 0
        || discardedTokens < 0
        || cachedTokens < 0
        || verifierCalls < 0) {
      throw new IllegalArgumentException("a usage count is negative");
    }
  }
}
