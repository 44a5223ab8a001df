package io.tailwalk.bench;

import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A model that costs nothing: its scores were drawn beforehand, and the prefix decides which of
 * them it gives. What a run on it costs is what Tailwalk adds to a model.
 */
final class FreeModel implements ModelContext {
  private static final int TABLES = 64;
  private static final double SPREAD = 3;

  private final float[][] logits;
  private final int maxTokens;
  private long tokens;
  private long calls;

  /**
   * @param vocabulary number of tokens
   * @param maxTokens longest completion
   */
  FreeModel(int vocabulary, int maxTokens) {
    this.maxTokens = maxTokens;
    this.logits = new float[TABLES][vocabulary];
    var random = new SplittableRandom(1);
    for (float[] table : logits) {
      for (int token = 0; token < vocabulary; token++) {
        table[token] = (float) (SPREAD * random.nextGaussian());
      }
      table[0] = -12; // the end token, so that completions have full length
    }
  }

  /** The scores in a table, for the pass that costs are compared with. */
  float[] table(int index) {
    return logits[index % TABLES];
  }

  @Override
  public LogProbs[] next(int[][] prefixes) {
    calls++;
    tokens += prefixes.length;
    LogProbs[] distributions = new LogProbs[prefixes.length];
    for (int i = 0; i < prefixes.length; i++) {
      distributions[i] =
          LogProbs.ofLogits(logits[Math.floorMod(Arrays.hashCode(prefixes[i]) * 31, TABLES)]);
    }
    return distributions;
  }

  @Override
  public int[] promptTokenIds() {
    return new int[] {1};
  }

  @Override
  public int maxCompletionTokens() {
    return maxTokens;
  }

  @Override
  public ModelUsage usage() {
    return new ModelUsage(1, tokens, 0, calls);
  }

  @Override
  public void close() {
    // Nothing is held.
  }

  /** Words of one to eight letters, half of them behind a blank; token 0 is the end. */
  static Vocabulary words(int size) {
    byte[][] words = new byte[size][];
    var random = new SplittableRandom(2);
    words[0] = new byte[0];
    for (int token = 1; token < size; token++) {
      var word = new StringBuilder(random.nextBoolean() ? " " : "");
      int length = 1 + random.nextInt(8);
      for (int i = 0; i < length; i++) {
        word.append((char) ('a' + random.nextInt(26)));
      }
      words[token] = word.toString().getBytes(StandardCharsets.US_ASCII);
    }
    return new Vocabulary() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public byte[] bytes(int token) {
        return words[token];
      }

      @Override
      public boolean isEnd(int token) {
        return token == 0;
      }

      @Override
      public int[] encode(String text) {
        throw new UnsupportedOperationException("prompts have ids here");
      }
    };
  }
}
