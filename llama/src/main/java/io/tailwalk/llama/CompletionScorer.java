package io.tailwalk.llama;

import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelException;
import org.jspecify.annotations.Nullable;

/**
 * Scores given completions on a separate cache, on one canonical path: the prompt in the first
 * cells, then the completion in chunks of {@link #CHUNK} tokens. The same completion therefore has
 * bit-identical scores, independent of earlier evaluations.
 */
final class CompletionScorer implements AutoCloseable {
  /** Tokens in a decode call, each with its logits. */
  static final int CHUNK = 64;

  private static final long SEQUENCE_0 = 1L;

  private final KvStore store;
  private final int[] prompt;
  private final UsageMeter meter;
  private @Nullable LogProbs promptDistribution;

  CompletionScorer(KvStore store, int[] prompt, UsageMeter meter) {
    this.store = store;
    this.prompt = prompt;
    this.meter = meter;
  }

  double[] score(int[] completion) {
    double[] logProbs = new double[completion.length];
    LogProbs distribution = behindPrompt();
    long path = PathSet.ROOT;
    for (int start = 0; start < completion.length; start += chunk()) {
      int end = Math.min(completion.length, start + chunk());
      logProbs[start] = distribution.logProb(completion[start]);
      decode(completion, start, end);
      for (int h = start; h < end; h++) {
        path = PathSet.extend(path, completion[h]);
        if (h < completion.length - 1) {
          meter.completionToken(path);
          distribution = store.distribution(h - start);
        }
        if (h + 1 < end) {
          logProbs[h + 1] = distribution.logProb(completion[h + 1]);
        }
      }
    }
    return logProbs;
  }

  private int chunk() {
    return Math.min(CHUNK, store.batchTokens());
  }

  private LogProbs behindPrompt() {
    LogProbs distribution = promptDistribution;
    boolean back =
        distribution != null
            && store.truncate(0, prompt.length)
            && store.lastPosition(0) == prompt.length - 1;
    if (distribution == null || !back) {
      distribution = Prefill.run(store, prompt, meter);
      promptDistribution = distribution;
    }
    return distribution;
  }

  /**
   * Decodes the tokens from {@code start} to {@code end}; the last one needs no distribution after
   * it.
   */
  private void decode(int[] completion, int start, int end) {
    int last = Math.min(end, completion.length - 1);
    if (last == start) {
      return;
    }
    store.clearBatch();
    for (int h = start; h < last; h++) {
      store.add(completion[h], prompt.length + h, SEQUENCE_0, true);
    }
    meter.decode();
    int code = store.decode();
    if (code != 0) {
      promptDistribution = null;
      throw new ModelException(
          "llama.cpp cannot score "
              + completion.length
              + " tokens (code "
              + code
              + store.reason()
              + "); raise the context size");
    }
    meter.call();
  }

  @Override
  public void close() {
    store.close();
  }
}
