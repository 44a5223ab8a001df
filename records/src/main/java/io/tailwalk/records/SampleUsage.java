package io.tailwalk.records;

/**
 * The cost of a completion.
 *
 * @param promptTokens tokens of the prompt
 * @param completionTokens tokens of the completion
 * @param discardedTokens evaluated tokens that are not part of it
 * @param cachedTokens tokens whose evaluation was already cached
 * @param verifierCalls number of calls of the verifier or value
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
