package io.tailwalk.testkit;

import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.random.Streams;
import java.util.Arrays;

/**
 * Two letters and an end token, with a distribution of its own behind every prefix: nothing is
 * symmetric, so that a sampler that confuses two branches shows.
 *
 * @param seed of all distributions
 */
record SeededModel(long seed) implements LanguageModel {
  private static final TestVocabulary VOCABULARY = TestVocabulary.of("a", "b");

  @Override
  public ModelIdentity identity() {
    return new ModelIdentity("test:seeded", "seeded tree of two letters", Long.toHexString(seed));
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

  /** The end token is rarer than the letters, so that responses differ in length. */
  private LogProbs after(int[] prompt, int[] prefix) {
    var random = Streams.of(seed, Arrays.hashCode(prompt), Arrays.hashCode(prefix));
    double[] logScores = new double[VOCABULARY.size()];
    for (int token = 0; token < logScores.length; token++) {
      logScores[token] = random.nextGaussian() - (VOCABULARY.isEnd(token) ? 1.5 : 0);
    }
    return LogProbs.of(logScores);
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
        throw new IllegalStateException("the context is closed");
      }
      calls++;
      var behind = new LogProbs[prefixes.length];
      for (int i = 0; i < behind.length; i++) {
        if (Arrays.stream(prefixes[i]).anyMatch(t -> t < 0 || t >= VOCABULARY.size())) {
          throw new IllegalArgumentException("token outside the vocabulary");
        }
        tokens += Math.min(1, prefixes[i].length);
        behind[i] = after(prompt, prefixes[i]);
      }
      return behind;
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
