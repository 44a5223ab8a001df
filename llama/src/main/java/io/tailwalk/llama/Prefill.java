package io.tailwalk.llama;

import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelException;

/** Evaluates a prompt in sequence 0 of an empty cache, always in the same pieces. */
final class Prefill {
  private static final long SEQUENCE_0 = 1L;

  private Prefill() {}

  /** Returns the distribution after the prompt. */
  static LogProbs run(KvStore store, int[] prompt, UsageMeter meter) {
    store.clear();
    int start = 0;
    while (true) {
      int end = Math.min(prompt.length, start + store.batchTokens());
      store.clearBatch();
      for (int i = start; i < end; i++) {
        store.add(prompt[i], i, SEQUENCE_0, i == prompt.length - 1);
      }
      meter.decode();
      int code = store.decode();
      if (code != 0) {
        throw new ModelException(
            "llama.cpp cannot evaluate a prompt of "
                + prompt.length
                + " tokens (code "
                + code
                + store.reason()
                + "); raise the context size or shorten the prompt");
      }
      meter.call();
      meter.promptTokens(end - start);
      if (end == prompt.length) {
        return store.distribution(end - 1 - start);
      }
      start = end;
    }
  }
}
