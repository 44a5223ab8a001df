package io.tailwalk.llama;

import io.tailwalk.core.Plural;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.llama.ffi.ContextSettings;

/**
 * Size of a context.
 *
 * @param tree settings of the cache along the tree of prefixes
 * @param straight settings of a cache of one sequence, for scoring and for models without rollback
 * @param maxCompletionTokens longest completion that fits after the prompt
 * @param heldBranches completions of the length asked for that the tree's cache holds side by side:
 *     one for each sequence but the prompt's, or fewer if there are few cells; at least 1
 */
record ContextPlan(
    ContextSettings tree, ContextSettings straight, int maxCompletionTokens, int heldBranches) {
  /** Maximal automatic number of cells, unless one completion needs more. */
  static final int AUTOMATIC_CELLS = 8192;

  /** Automatic sizes are multiples of it, so that prompts of similar length have equal contexts. */
  static final int CELL_STEP = 256;

  static ContextPlan of(
      int promptTokens, int trainedContext, ContextOptions wanted, LlamaOptions options) {
    if (promptTokens == 0) {
      throw new ModelException(
          "the prompt has no tokens, and this model needs at least one; add some text");
    }
    long one = (long) promptTokens + wanted.maxCompletionTokens();
    if (one > trainedContext) {
      throw new ModelException(
          "the prompt of "
              + promptTokens
              + " "
              + Plural.noun(promptTokens, "token")
              + " and a completion of "
              + wanted.maxCompletionTokens()
              + " need "
              + one
              + " tokens, but the model's context has "
              + trainedContext
              + "; shorten the prompt or lower max_tokens");
    }
    int cells = cells(one, wanted, options);
    if (one > cells) {
      throw new ModelException(
          "the prompt of "
              + promptTokens
              + " "
              + Plural.noun(promptTokens, "token")
              + " and a completion of "
              + wanted.maxCompletionTokens()
              + " need "
              + one
              + " tokens, but the context size is set to "
              + cells
              + "; raise the context size");
    }
    int room = Math.min(cells, trainedContext) - promptTokens;
    ContextSettings tree = settings(cells, options.maxSequences(), options);
    int byCells = (cells - promptTokens) / wanted.maxCompletionTokens();
    return new ContextPlan(
        tree,
        settings(rounded(one), 1, options),
        options.contextTokens() == 0 ? wanted.maxCompletionTokens() : room,
        Math.max(1, Math.min(tree.sequences() - 1, byCells)));
  }

  private static int cells(long one, ContextOptions wanted, LlamaOptions options) {
    if (options.contextTokens() > 0) {
      return options.contextTokens();
    }
    // Twice the number of parallel paths: room for branches to return to.
    long paths = 2L * Math.min(wanted.parallelPrefixes(), options.maxSequences());
    long all = one + (paths - 1) * wanted.maxCompletionTokens();
    return rounded(Math.max(one, Math.min(all, AUTOMATIC_CELLS)));
  }

  private static int rounded(long cells) {
    return (int) Math.ceilDiv(cells, CELL_STEP) * CELL_STEP;
  }

  private static ContextSettings settings(int cells, int sequences, LlamaOptions options) {
    int batch = Math.min(options.batchTokens(), cells);
    int micro = options.microBatchTokens() == 0 ? batch : options.microBatchTokens();
    return new ContextSettings(
        cells,
        batch,
        Math.min(sequences, batch),
        options.threads(),
        options.cacheType().ggmlType(),
        Math.min(micro, batch),
        options.flashAttention());
  }
}
