package io.tailwalk.core.tree;

import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.random.Streams;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A model whose next-token distribution is a hash of the prefix; its last token ends the response.
 */
final class HashModel implements ModelContext {
  private final int vocabularySize;
  private int calls;
  private int tokens;

  HashModel(int vocabularySize) {
    this.vocabularySize = vocabularySize;
  }

  Vocabulary vocabulary() {
    return new Vocabulary() {
      @Override
      public int size() {
        return vocabularySize;
      }

      @Override
      public byte[] bytes(int token) {
        if (isEnd(token)) {
          return new byte[0];
        }
        return Character.toString('a' + token % 26).getBytes(StandardCharsets.UTF_8);
      }

      @Override
      public boolean isEnd(int token) {
        return token == vocabularySize - 1;
      }

      @Override
      public int[] encode(String text) {
        return text.chars().map(c -> c - 'a').toArray();
      }
    };
  }

  LogProbs distribution(int[] prefix) {
    RandomGenerator random = Streams.of(Arrays.hashCode(prefix), prefix.length);
    double[] scores = new double[vocabularySize];
    for (int i = 0; i < vocabularySize; i++) {
      scores[i] = 3 * random.nextGaussian();
    }
    return LogProbs.of(scores);
  }

  @Override
  public LogProbs[] next(int[][] prefixes) {
    calls++;
    tokens += (int) Arrays.stream(prefixes).filter(p -> p.length > 0).count();
    return Arrays.stream(prefixes).map(this::distribution).toArray(LogProbs[]::new);
  }

  @Override
  public int[] promptTokenIds() {
    return new int[0];
  }

  @Override
  public int maxCompletionTokens() {
    return Integer.MAX_VALUE;
  }

  @Override
  public ModelUsage usage() {
    return new ModelUsage(0, tokens, 0, calls);
  }

  @Override
  public void close() {}
}
