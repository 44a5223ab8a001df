package io.tailwalk.testkit;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import java.util.Arrays;

/** A two-letter chain with an end token, independent of the project's own models. */
class MarkovModel implements LanguageModel {
  static final TestVocabulary VOCABULARY = TestVocabulary.of("a", "b");

  /** After nothing, a, b: probabilities of a, b, end. */
  static final double[][] DISTRIBUTIONS = {{0.5, 0.3, 0.2}, {0.1, 0.6, 0.3}, {0.25, 0, 0.75}};

  @Override
  public ModelIdentity identity() {
    return new ModelIdentity("test:markov", "two-letter chain", "0");
  }

  @Override
  public Vocabulary vocabulary() {
    return VOCABULARY;
  }

  @Override
  public int[] encode(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Text text -> VOCABULARY.encode(text.text());
      case Prompt.Tokens tokens -> tokens.tokenIds().stream().mapToInt(i -> i).toArray();
      case Prompt.Chat _ -> throw new IllegalArgumentException("no chat template");
    };
  }

  @Override
  public ModelContext open(int[] promptTokenIds, ContextOptions options) {
    return new Context(promptTokenIds.clone(), options.maxCompletionTokens());
  }

  @Override
  public void close() {}

  /** The distribution after a prefix; {@code batchSize} lets a broken model depend on it. */
  double[] distribution(int[] prefix, int batchSize) {
    return DISTRIBUTIONS[prefix.length == 0 ? 0 : prefix[prefix.length - 1] + 1];
  }

  private final class Context implements ModelContext {
    private final int[] prompt;
    private final int maxTokens;
    private long tokens;
    private long calls;
    private boolean closed;

    Context(int[] prompt, int maxTokens) {
      this.prompt = prompt;
      this.maxTokens = maxTokens;
    }

    @Override
    public LogProbs[] next(int[][] prefixes) {
      if (closed) {
        throw new IllegalStateException("closed");
      }
      calls++;
      var distributions = new LogProbs[prefixes.length];
      for (int i = 0; i < distributions.length; i++) {
        if (Arrays.stream(prefixes[i]).anyMatch(t -> t < 0 || t >= VOCABULARY.size())) {
          throw new IllegalArgumentException("token outside the vocabulary");
        }
        tokens += Math.min(1, prefixes[i].length);
        double[] distribution = distribution(prefixes[i], prefixes.length);
        distributions[i] = LogProbs.of(Arrays.stream(distribution).map(Math::log).toArray());
      }
      return distributions;
    }

    @Override
    public int[] promptTokenIds() {
      return prompt.clone();
    }

    @Override
    public int maxCompletionTokens() {
      return maxTokens;
    }

    @Override
    public ModelUsage usage() {
      return new ModelUsage(0, tokens, 0, calls);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
