package io.tailwalk.core.model;

/**
 * Size that a caller requests for a context.
 *
 * @param maxCompletionTokens longest completion that will be requested, in tokens; at least 1
 * @param parallelPrefixes how many prefixes a call to {@link ModelContext#next} will typically
 *     contain; at least 1; a hint
 */
public record ContextOptions(int maxCompletionTokens, int parallelPrefixes) {
  /** Refuses sizes below 1. */
  public ContextOptions {
    if (maxCompletionTokens < 1) {
      throw new IllegalArgumentException(
          "max_tokens must be at least 1, got " + maxCompletionTokens);
    }
    if (parallelPrefixes < 1) {
      throw new IllegalArgumentException(
          "parallel prefixes must be at least 1, got " + parallelPrefixes);
    }
  }
}
