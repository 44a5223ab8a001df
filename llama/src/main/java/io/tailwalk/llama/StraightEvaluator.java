package io.tailwalk.llama;

import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Evaluator for models that cannot roll back: one sequence that only grows. A prefix that does not
 * continue it is evaluated from the prompt's first token.
 */
final class StraightEvaluator implements Evaluator {
  private static final long SEQUENCE_0 = 1L;

  private final KvStore store;
  private final int[] prompt;
  private final UsageMeter meter;
  private int[] reached = {};
  private @Nullable LogProbs promptDistribution;
  private @Nullable LogProbs reachedDistribution;
  private float @Nullable [] reachedState;

  StraightEvaluator(KvStore store, int[] prompt, UsageMeter meter) {
    this.store = store;
    this.prompt = prompt;
    this.meter = meter;
  }

  @Override
  public LogProbs[] distributions(int[][] prefixes) {
    LogProbs[] distributions = new LogProbs[prefixes.length];
    IntStream.range(0, prefixes.length)
        .boxed()
        .sorted(Comparator.comparing(i -> prefixes[i], Arrays::compare))
        .forEach(i -> distributions[i] = distribution(prefixes[i]));
    return distributions;
  }

  @Override
  public float[][] hidden(int[][] prefixes) {
    float[][] states = new float[prefixes.length][];
    IntStream.range(0, prefixes.length)
        .boxed()
        .sorted(Comparator.comparing(i -> prefixes[i], Arrays::compare))
        .forEach(i -> states[i] = state(prefixes[i]));
    return states;
  }

  /** The distribution after the prefix is unknown then, so that a request for it starts again. */
  private float[] state(int[] prefix) {
    float[] known = reachedState;
    if (known != null && Arrays.equals(prefix, reached)) {
      return known.clone();
    }
    boolean further = prefix.length > reached.length && continues(prefix);
    if (!further || (reachedDistribution == null && known == null)) {
      var _ = restart();
    }
    store.showHidden(true);
    try {
      float[] state = store.hidden(decode(prefix));
      reachedState = state;
      return state.clone();
    } finally {
      store.showHidden(false);
    }
  }

  private LogProbs distribution(int[] prefix) {
    LogProbs behindPrompt = promptDistribution;
    if (prefix.length == 0 && behindPrompt != null) {
      return behindPrompt;
    }
    LogProbs latest = reachedDistribution;
    boolean goesOn = latest != null || (reachedState != null && prefix.length > reached.length);
    if (!goesOn || !continues(prefix)) {
      latest = restart();
    }
    if (prefix.length > reached.length) {
      latest = extend(prefix);
    }
    LogProbs behind = Objects.requireNonNull(latest);
    reachedDistribution = behind;
    return behind;
  }

  private boolean continues(int[] prefix) {
    return prefix.length >= reached.length
        && Arrays.equals(prefix, 0, reached.length, reached, 0, reached.length);
  }

  private LogProbs restart() {
    reachedDistribution = null;
    reachedState = null;
    reached = new int[0];
    LogProbs behindPrompt = Prefill.run(store, prompt, meter);
    promptDistribution = behindPrompt;
    return behindPrompt;
  }

  private LogProbs extend(int[] prefix) {
    return store.distribution(decode(prefix));
  }

  /** Advances to a prefix; returns the batch index of its last token. */
  private int decode(int[] prefix) {
    reachedDistribution = null;
    reachedState = null;
    long path = PathSet.ROOT;
    for (int token : reached) {
      path = PathSet.extend(path, token);
    }
    int start = reached.length;
    while (true) {
      int end = Math.min(prefix.length, start + store.batchTokens());
      store.clearBatch();
      for (int i = start; i < end; i++) {
        store.add(prefix[i], prompt.length + i, SEQUENCE_0, i == prefix.length - 1);
      }
      meter.decode();
      int code = store.decode();
      if (code != 0) {
        throw new ModelException(
            "llama.cpp cannot evaluate "
                + prefix.length
                + " completion tokens (code "
                + code
                + store.reason()
                + "); raise the context size");
      }
      meter.call();
      for (int i = start; i < end; i++) {
        path = PathSet.extend(path, prefix[i]);
        meter.completionToken(path);
      }
      if (end == prefix.length) {
        reached = prefix.clone();
        return end - 1 - start;
      }
      start = end;
    }
  }
}
