package io.tailwalk.train.model;

import io.tailwalk.values.LearningException;

/**
 * Shape of a decoder-only transformer.
 *
 * @param architecture GPT-2 or Llama
 * @param vocabulary number of tokens, at least 2
 * @param context longest sequence, tokens
 * @param layers number of blocks
 * @param heads attention heads; divides {@code embedding}, leaving an even width for rotations
 * @param embedding features per token (the model's width)
 * @param feedForward width of the hidden layer of each block
 * @param tied whether the output layer is the embedding; always so for GPT-2
 * @param normEpsilon added to variances, above 0
 * @param ropeTheta base of the rotary frequencies; Llama only
 */
public record TransformerConfig(
    Architecture architecture,
    int vocabulary,
    int context,
    int layers,
    int heads,
    int embedding,
    int feedForward,
    boolean tied,
    double normEpsilon,
    double ropeTheta) {

  /** Refuses shapes that cannot be built. */
  public TransformerConfig {
    atLeast("vocabulary", vocabulary, 2);
    atLeast("context", context, 1);
    atLeast("layers", layers, 1);
    atLeast("heads", heads, 1);
    atLeast("embedding", embedding, 1);
    atLeast("feed_forward", feedForward, 1);
    if (embedding % heads != 0) {
      throw new LearningException(
          "embedding " + embedding + " is not a multiple of heads " + heads + "; change either");
    }
    if (architecture == Architecture.LLAMA && embedding / heads % 2 != 0) {
      throw new LearningException(
          "rotary positions turn pairs: embedding / heads must be even, got " + embedding / heads);
    }
    if (architecture == Architecture.GPT2 && !tied) {
      throw new LearningException("GPT-2 ties its output to the embedding; leave tied true");
    }
    if (!(normEpsilon > 0 && normEpsilon < 1)) {
      throw new LearningException("norm_epsilon must lie between 0 and 1, got " + normEpsilon);
    }
    if (!(ropeTheta > 1 && Double.isFinite(ropeTheta))) {
      throw new LearningException("rope_theta must be above 1, got " + ropeTheta);
    }
  }

  /** GPT-2: hidden layers four times as wide as the model, epsilon 1e-5. */
  public static TransformerConfig gpt2(
      int vocabulary, int context, int layers, int heads, int embedding) {
    return new TransformerConfig(
        Architecture.GPT2,
        vocabulary,
        context,
        layers,
        heads,
        embedding,
        width(4L * embedding, embedding),
        true,
        1e-5,
        10_000);
  }

  /**
   * Llama: hidden layers 8/3 times as wide as the model, rounded up to a multiple of 8, so that a
   * block has the same number of parameters as GPT-2's; separate output layer.
   */
  public static TransformerConfig llama(
      int vocabulary, int context, int layers, int heads, int embedding) {
    int feedForward = width((8L * embedding / 3 + 7) / 8 * 8, embedding);
    return new TransformerConfig(
        Architecture.LLAMA,
        vocabulary,
        context,
        layers,
        heads,
        embedding,
        feedForward,
        false,
        1e-5,
        10_000);
  }

  private static int width(long feedForward, int embedding) {
    if (feedForward > Integer.MAX_VALUE) {
      throw new LearningException(
          "embedding "
              + embedding
              + " is too large: the hidden layer would have "
              + feedForward
              + " features; give at most "
              + Integer.MAX_VALUE / 4);
    }
    return (int) feedForward;
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new LearningException(name + " must be at least " + least + ", got " + value);
    }
  }
}
