package io.tailwalk.train.linear;

/**
 * One step of ascent after each token (arXiv 2510.15020, Equation 21):
 *
 * <p>{@code theta <- Proj(theta + eta grad log pi_theta(y_h | x, y_<h))}.
 *
 * <p>The same updates train (parameters carried from sequence to sequence) and, restored after each
 * response, decode: {@link TestTimeDistribution}.
 *
 * @param features phi
 * @param domain Theta
 * @param eta step size, at least 0; 0 never moves
 */
public record TokenUpdates(FeatureMap features, Domain domain, double eta) {
  /** Refuses a step size out of range. */
  public TokenUpdates {
    if (!(eta >= 0) || Double.isInfinite(eta)) {
      throw new IllegalArgumentException("eta must be finite and at least 0, got " + eta);
    }
  }

  /**
   * The step size of Theorem 6.1, {@code min{1/(2 B^2), (sigma*^2 T)^(-1/2)}}.
   *
   * @param bound B
   * @param inherentVariance sigma*^2
   * @param sequences T
   */
  public static double etaOfTheory(double bound, double inherentVariance, long sequences) {
    return Math.min(1 / (2 * bound * bound), 1 / Math.sqrt(inherentVariance * sequences));
  }

  /**
   * Moves theta by one token, in place.
   *
   * @param logProbs the cell's distribution at theta before the step
   */
  void update(double[] theta, Cell cell, double[] logProbs, int token) {
    if (eta > 0) {
      cell.addGradient(token, cell.mean(logProbs), eta, theta);
      domain.project(theta);
    }
  }

  /**
   * Moves theta by all tokens of a sequence, in place; log-probability before each update, summed.
   */
  double follow(double[] theta, int prompt, int[] response, int length) {
    double logProb = 0;
    for (int h = 0; h < length; h++) {
      Cell cell = features.cell(prompt, response, h);
      double[] logProbs = cell.logProbs(theta);
      logProb += logProbs[response[h]];
      update(theta, cell, logProbs, response[h]);
    }
    return logProb;
  }

  /** Trains from {@code start} on the given number of sequences and returns the last parameters. */
  public double[] train(
      DataSource data, long sequences, double[] start, SequenceTraining.Iterates iterates) {
    double[] theta = start.clone();
    for (long step = 1; step <= sequences; step++) {
      Sequence sequence = data.draw();
      follow(theta, sequence.prompt(), sequence.tokens(), sequence.tokens().length);
      iterates.after(step, theta.clone());
    }
    return theta;
  }
}
