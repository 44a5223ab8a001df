package io.tailwalk.train.linear;

import org.jspecify.annotations.Nullable;

/**
 * {@code pi_theta(y_h | x, y_<h)} proportional to {@code exp <theta, phi(x, y_1:h)>} (arXiv
 * 2510.15020, Equation 3). Immutable.
 */
public final class LinearModel implements SequenceDistribution {
  private final FeatureMap features;
  private final double[] theta;

  /**
   * With parameters.
   *
   * @throws IllegalArgumentException if theta does not have the dimension of the features
   */
  public LinearModel(FeatureMap features, double[] theta) {
    if (theta.length != features.dimension()) {
      throw new IllegalArgumentException(
          "theta has " + theta.length + " coordinates, the features have " + features.dimension());
    }
    this.features = features;
    this.theta = theta.clone();
  }

  /** The features. */
  public FeatureMap features() {
    return features;
  }

  /** A copy of the parameters. */
  public double[] theta() {
    return theta.clone();
  }

  @Override
  public double[] next(int prompt, int[] response, int h) {
    return features.cell(prompt, response, h).logProbs(theta);
  }

  @Override
  public double logProb(int prompt, int[] response) {
    double sum = 0;
    Cell last = null;
    double[] logProbs = {};
    for (int h = 0; h < response.length; h++) {
      Cell cell = features.cell(prompt, response, h);
      if (cell != last) {
        logProbs = cell.logProbs(theta);
        last = cell;
      }
      sum += logProbs[response[h]];
    }
    return sum;
  }

  /**
   * {@code grad log pi_theta(y|x) = sum_h phi(x, y_1:h) - E_theta phi}, the direction of ascent.
   */
  public double[] gradient(Sequence sequence) {
    double[] gradient = new double[theta.length];
    addGradient(sequence, null, 1, gradient);
    return gradient;
  }

  /**
   * Adds the gradient of the log-probability, each token weighted.
   *
   * @param tokenWeights one per token, or null for 1 everywhere
   * @param weight weight of the complete gradient
   */
  void addGradient(
      Sequence sequence, double @Nullable [] tokenWeights, double weight, double[] gradient) {
    int prompt = sequence.prompt();
    int[] response = sequence.tokens();
    Cell last = null;
    double[] mean = {};
    for (int h = 0; h < response.length; h++) {
      Cell cell = features.cell(prompt, response, h);
      if (cell != last) {
        mean = cell.mean(cell.logProbs(theta));
        last = cell;
      }
      double w = tokenWeights == null ? weight : weight * tokenWeights[h];
      cell.addGradient(response[h], mean, w, gradient);
    }
  }
}
