package io.tailwalk.llama.ffi;

/**
 * What a native context is made with.
 *
 * @param contextTokens cells of the KV cache over all sequences
 * @param batchTokens most tokens in one decode call
 * @param sequences most sequences side by side; at most {@code batchTokens}, or builds of 2026
 *     abort
 * @param threads threads of a decode call
 * @param cacheType ggml number of the type of cached keys and values
 */
public record ContextSettings(
    int contextTokens, int batchTokens, int sequences, int threads, int cacheType) {
  /** Refuses sizes that the library would abort on. */
  public ContextSettings {
    if (contextTokens < 1 || batchTokens < sequences || sequences < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "context sizes must be at least 1 and sequences at most batch tokens, got "
              + contextTokens
              + " cells, "
              + batchTokens
              + " batch tokens, "
              + sequences
              + " sequences, "
              + threads
              + " threads");
    }
  }
}
