package io.tailwalk.llama.ffi;

/**
 * Settings of a native context.
 *
 * @param contextTokens cells of the KV cache over all sequences
 * @param batchTokens maximal number of tokens in one decode call
 * @param sequences maximal number of parallel sequences; at most {@code batchTokens}, or builds of
 *     2026 abort
 * @param threads threads of a decode call
 * @param cacheType ggml number of the type of cached keys and values
 * @param microBatchTokens tokens that are computed together, at most {@code batchTokens}
 * @param flashAttention whether attention is computed in one pass, in another order and at times in
 *     half precision
 */
public record ContextSettings(
    int contextTokens,
    int batchTokens,
    int sequences,
    int threads,
    int cacheType,
    int microBatchTokens,
    boolean flashAttention) {
  /** The settings with micro-batches as large as batches and without flash attention. */
  public ContextSettings(
      int contextTokens, int batchTokens, int sequences, int threads, int cacheType) {
    this(contextTokens, batchTokens, sequences, threads, cacheType, batchTokens, false);
  }

  /** Refuses sizes that the library would abort on. */
  public ContextSettings {
    if (contextTokens < 1
        || batchTokens < sequences
        || sequences < 1
        || threads < 1
        || microBatchTokens < 1
        || microBatchTokens > batchTokens) {
      throw new IllegalArgumentException(
          "context sizes must be at least 1 and sequences at most batch tokens, got "
              + contextTokens
              + " cells, "
              + batchTokens
              + " batch tokens, "
              + sequences
              + " sequences, "
              + threads
              + " threads, "
              + microBatchTokens
              + " micro-batch tokens");
    }
  }
}
