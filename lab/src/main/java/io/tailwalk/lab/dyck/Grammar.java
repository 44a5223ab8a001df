package io.tailwalk.lab.dyck;

import io.tailwalk.builtin.dyck.DyckLanguage;
import io.tailwalk.core.random.Streams;
import io.tailwalk.train.data.Example;
import io.tailwalk.train.data.TrainingData;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The distribution of balanced strings, as in the code of arXiv 2502.12123 and 2606.28301, which
 * share their authors with arXiv 2510.03149: at each position a bracket opens or closes with
 * probability 1/2, unless only one is possible; an opening bracket is square with a given
 * probability.
 *
 * @param language length and depth
 * @param square probability that an opening bracket is square
 */
record Grammar(DyckLanguage language, double square) {
  /** The token before every string; an input of the model that is never generated. */
  static final int BEGIN = DyckLanguage.NUM_TOKENS;

  /** Tokens that the transformer knows. */
  static final int MODEL_TOKENS = DyckLanguage.NUM_TOKENS + 1;

  private static final double CLOSES = 0.5;
  private static final long STRINGS = 0xD1C6;

  /** Draws a string. */
  int[] draw(RandomGenerator random) {
    int[] string = new int[language.length()];
    int[] open = new int[language.length()];
    int depth = 0;
    for (int i = 0; i < string.length; i++) {
      boolean mustClose = depth == language.maxDepth() || depth == string.length - i;
      boolean closes = depth > 0 && (mustClose || random.nextDouble() < CLOSES);
      if (closes) {
        string[i] = DyckLanguage.closing(open[--depth]);
      } else {
        boolean isSquare = random.nextDouble() < square;
        string[i] = isSquare ? DyckLanguage.OPEN_SQUARE : DyckLanguage.OPEN_ROUND;
        open[depth++] = string[i];
      }
    }
    return string;
  }

  /** Training data of new strings at every step. */
  TrainingData training(int batch, long seed) {
    return TrainingData.fresh(
        step -> {
          RandomGenerator random = Streams.of(seed, STRINGS, step);
          List<Example> examples = new ArrayList<>(batch);
          for (int i = 0; i < batch; i++) {
            examples.add(new Example(new int[] {BEGIN}, draw(random)));
          }
          return examples;
        },
        this + ", batches of " + batch + ", seed " + seed);
  }
}
