package io.tailwalk.bench;

import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.Verifiers;
import io.tailwalk.sampling.SamplingProblem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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
  private final boolean fresh;
  private long tokens;
  private long calls;

  /**
   * @param vocabulary number of tokens
   * @param maxTokens longest completion
   */
  FreeModel(int vocabulary, int maxTokens) {
    this(new float[TABLES][vocabulary], maxTokens, false);
    var random = new SplittableRandom(1);
    for (float[] table : logits) {
      for (int token = 0; token < vocabulary; token++) {
        table[token] = (float) (SPREAD * random.nextGaussian());
      }
      table[0] = -12; // the end token, so that completions have full length
    }
  }

  private FreeModel(float[][] logits, int maxTokens, boolean fresh) {
    this.logits = logits;
    this.maxTokens = maxTokens;
    this.fresh = fresh;
  }

  /** The same scores, of its own for every prefix, so that they take memory as a model's do. */
  FreeModel fresh() {
    return new FreeModel(logits, maxTokens, true);
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
      float[] scores = logits[Math.floorMod(Arrays.hashCode(prefixes[i]) * 31, TABLES)];
      distributions[i] = LogProbs.ofLogits(fresh ? scores.clone() : scores);
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

  /** Completions without the letter e, from a model whose prompt is one token. */
  static SamplingProblem problem(Vocabulary vocabulary, FreeModel model, ExpansionRule rule) {
    Verifier verifier = Verifiers.avoid("e");
    return new SamplingProblem(
        new Prompt.Tokens(List.of(1)),
        vocabulary,
        model,
        verifier,
        verifier.prefixValue(),
        rule,
        model.maxCompletionTokens(),
        List.of());
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
