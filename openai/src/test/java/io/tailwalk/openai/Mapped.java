package io.tailwalk.openai;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * The same tokens with other distributions.
 *
 * @param base the model
 * @param map changes a distribution
 */
record Mapped(LanguageModel base, UnaryOperator<LogProbs> map) implements LanguageModel {
  private static final double LEAST = -15;

  /** No probability is zero, as in a network. */
  static LanguageModel positive(LanguageModel base) {
    return new Mapped(
        base,
        distribution -> {
          double[] logProbs = new double[distribution.size()];
          distribution.logProbs(logProbs);
          Arrays.setAll(logProbs, token -> Math.max(LEAST, logProbs[token]));
          return LogProbs.of(logProbs);
        });
  }

  @Override
  public ModelIdentity identity() {
    return base.identity();
  }

  @Override
  public Vocabulary vocabulary() {
    return base.vocabulary();
  }

  @Override
  public int[] encode(Prompt prompt) {
    return base.encode(prompt);
  }

  @Override
  public ModelContext open(int[] promptTokenIds, ContextOptions options) {
    return new Context(base.open(promptTokenIds, options), map);
  }

  @Override
  public void close() {
    base.close();
  }

  private record Context(ModelContext base, UnaryOperator<LogProbs> map) implements ModelContext {
    @Override
    public LogProbs[] next(int[][] prefixes) {
      LogProbs[] distributions = base.next(prefixes);
      for (int i = 0; i < distributions.length; i++) {
        distributions[i] = map.apply(distributions[i]);
      }
      return distributions;
    }

    @Override
    public int[] promptTokenIds() {
      return base.promptTokenIds();
    }

    @Override
    public int maxCompletionTokens() {
      return base.maxCompletionTokens();
    }

    @Override
    public ModelUsage usage() {
      return base.usage();
    }

    @Override
    public void close() {
      base.close();
    }
  }
}
