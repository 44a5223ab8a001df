package io.tailwalk.train.language;

import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.train.model.TokenBatch;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.run.NextTokenDistribution;
import io.tailwalk.values.LearningException;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A transformer with a prompt. It keeps no keys and values: a distribution after h tokens pushes
 * all h through the model, those evaluated before count as recomputed, and a step of test-time
 * training counts as another such evaluation.
 */
final class TransformerContext implements ModelContext {
  private final TransformerLanguageModel owner;
  private final int[] prompt;
  private final int maxCompletionTokens;
  private final Transformer model;
  private final double rate;
  private final SteppedPath path;
  private final Set<IntBuffer> evaluated = new HashSet<>();
  private long evaluations;
  private long modelTokens;
  private long newTokens;
  private long modelCalls;
  private boolean closed;

  TransformerContext(
      TransformerLanguageModel owner,
      int[] prompt,
      int maxCompletionTokens,
      Transformer model,
      double rate) {
    this.owner = owner;
    this.prompt = prompt;
    this.maxCompletionTokens = maxCompletionTokens;
    this.model = model;
    this.rate = rate;
    this.path = new SteppedPath(model, prompt, rate);
  }

  @Override
  public LogProbs[] next(int[][] prefixes) {
    for (int[] prefix : prefixes) {
      check(prefix);
    }
    var distributions = new LogProbs[prefixes.length];
    synchronized (TransformerLanguageModel.ONE_AT_A_TIME) {
      owner.requireOpen();
      if (closed) {
        throw new IllegalStateException(
            "this context of " + owner.identity().name() + " is closed");
      }
      for (int i = 0; i < prefixes.length; i++) {
        distributions[i] = distribution(prefixes[i]);
      }
    }
    modelCalls += prefixes.length == 0 ? 0 : 1;
    return distributions;
  }

  private void check(int[] prefix) {
    owner.requireTokens(prefix);
    int most = Math.min(maxCompletionTokens, model.config().context() - prompt.length);
    if (prefix.length > most) {
      throw new ModelException(
          "a prefix of "
              + prefix.length
              + " tokens does not fit: this context holds "
              + most
              + " after the prompt");
    }
  }

  private LogProbs distribution(int[] prefix) {
    try {
      return path.at(prefix, this::count, () -> evaluate(prefix));
    } catch (LearningException | ModelException e) {
      throw new ModelException(
          rate > 0
              ? "test-time training at the rate "
                  + rate
                  + " let the numbers of "
                  + owner.identity().name()
                  + " overflow within "
                  + prefix.length
                  + " tokens; lower the rate"
              : String.valueOf(e.getMessage()),
          e);
    }
  }

  private LogProbs evaluate(int[] prefix) {
    int[] all = IntStream.concat(IntStream.of(prompt), IntStream.of(prefix)).toArray();
    count(prefix);
    return LogProbs.of(
        NextTokenDistribution.of(model).logProbs(TokenBatch.ofPrefixes(List.of(all)))[0]);
  }

  private void count(int[] prefix) {
    evaluations++;
    modelTokens += prefix.length;
    int length = prefix.length;
    while (length > 0 && evaluated.add(IntBuffer.wrap(Arrays.copyOf(prefix, length)))) {
      newTokens++;
      length--;
    }
  }

  @Override
  public int[] promptTokenIds() {
    return prompt.clone();
  }

  @Override
  public int maxCompletionTokens() {
    return maxCompletionTokens;
  }

  @Override
  public ModelUsage usage() {
    return new ModelUsage(
        evaluations * prompt.length, modelTokens, modelTokens - newTokens, modelCalls);
  }

  @Override
  public void close() {
    synchronized (TransformerLanguageModel.ONE_AT_A_TIME) {
      if (!closed) {
        closed = true;
        path.close();
      }
    }
  }
}
