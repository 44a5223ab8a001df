package io.tailwalk.records;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The cost of a completion.
 *
 * @param promptTokens tokens of the prompt
 * @param completionTokens tokens of the completion
 * @param discardedTokens evaluated tokens that are not part of it
 * @param cachedTokens tokens whose evaluation was already cached
 * @param verifierCalls number of calls of the verifier or value
 * @param reasoningTokens tokens of the completion that are its reasoning; null if it is not told
 *     apart from the answer
 */
public record SampleUsage(
    long promptTokens,
    long completionTokens,
    long discardedTokens,
    long cachedTokens,
    long verifierCalls,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long reasoningTokens) {
  /** The cost of a completion whose reasoning is not told apart. */
  public SampleUsage(
      long promptTokens,
      long completionTokens,
      long discardedTokens,
      long cachedTokens,
      long verifierCalls) {
    this(promptTokens, completionTokens, discardedTokens, cachedTokens, verifierCalls, null);
  }

  /** Refuses negative counts. */
  public SampleUsage {
    if (promptTokens < 0
        || completionTokens < 0
        || discardedTokens < 0
        || cachedTokens < 0
        || verifierCalls < 0
        || (reasoningTokens != null && reasoningTokens < 0)) {
      throw new IllegalArgumentException("a usage count is negative");
    }
    if (reasoningTokens != null && reasoningTokens > completionTokens) {
      throw new IllegalArgumentException(
          "reasoning_tokens is "
              + reasoningTokens
              + ", more than the completion's "
              + completionTokens);
    }
  }
}
