package io.tailwalk.values;

import java.util.List;

/**
 * Settings of a perceptron fit: AdamW on the cross-entropy, a cosine schedule; the parameters of
 * the epoch with the smallest held-out loss are kept.
 *
 * @param hidden units of each hidden layer
 * @param epochs maximal number of passes over the data, at least 1
 * @param batch rows per step, at least 1
 * @param learningRate peak learning rate
 * @param weightDecay weight decay of AdamW
 * @param patience epochs without a better held-out loss after which fitting ends
 * @param seed of the initial parameters and the order of the rows
 */
public record FitSettings(
    List<Integer> hidden,
    int epochs,
    int batch,
    double learningRate,
    double weightDecay,
    int patience,
    long seed) {
  /** Two layers of 64 units, 40 epochs of steps of 256 rows, rate 3e-3, decay 0.01, patience 8. */
  public static final FitSettings DEFAULT =
      new FitSettings(List.of(64, 64), 40, 256, 3e-3, 0.01, 8, 0);

  /** Refuses numbers out of range. */
  public FitSettings {
    hidden = List.copyOf(hidden);
    if (hidden.isEmpty() || hidden.stream().anyMatch(units -> units < 1)) {
      throw new LearningException("the hidden layers need at least 1 unit each, got " + hidden);
    }
    if (epochs < 1 || batch < 1 || patience < 1) {
      throw new LearningException(
          "epochs, batch and patience must be at least 1, got "
              + epochs
              + ", "
              + batch
              + " and "
              + patience);
    }
  }

  /** The same with different hidden layers. */
  public FitSettings withHidden(List<Integer> other) {
    return new FitSettings(other, epochs, batch, learningRate, weightDecay, patience, seed);
  }

  /** The same with a different number of epochs. */
  public FitSettings withEpochs(int other) {
    return new FitSettings(hidden, other, batch, learningRate, weightDecay, patience, seed);
  }

  /** The same with a different seed. */
  public FitSettings withSeed(long other) {
    return new FitSettings(hidden, epochs, batch, learningRate, weightDecay, patience, other);
  }
}
