package io.tailwalk.train.linear;

/**
 * One kind of context: the features {@code phi(x, y_1:h)} of every next token {@code y_h}. All
 * contexts with the same table share one cell, and so one next-token distribution; a context is
 * recognised by the identity of its cell. Immutable.
 */
public final class Cell {
  private final int[] coordinates;
  private final double[][] features;

  private Cell(int[] coordinates, double[][] features) {
    this.coordinates = coordinates;
    this.features = features;
  }

  /**
   * From the coordinates that are not zero.
   *
   * @param coordinates different indices into theta
   * @param features by token, then by position in {@code coordinates}
   * @throws IllegalArgumentException if the table is ragged, empty or not finite
   */
  public static Cell of(int[] coordinates, double[][] features) {
    if (features.length == 0) {
      throw new IllegalArgumentException("a cell needs the features of at least one token");
    }
    double[][] copy = new double[features.length][];
    for (int token = 0; token < copy.length; token++) {
      copy[token] = features[token].clone();
      if (copy[token].length != coordinates.length) {
        throw new IllegalArgumentException(
            "token "
                + token
                + " has "
                + copy[token].length
                + " features for "
                + coordinates.length
                + " coordinates");
      }
      for (double feature : copy[token]) {
        if (!Double.isFinite(feature)) {
          throw new IllegalArgumentException("token " + token + " has a feature " + feature);
        }
      }
    }
    return new Cell(coordinates.clone(), copy);
  }

  /** From the complete vectors {@code phi}, one per token. */
  public static Cell dense(double[][] features) {
    int[] coordinates = new int[features.length == 0 ? 0 : features[0].length];
    for (int i = 0; i < coordinates.length; i++) {
      coordinates[i] = i;
    }
    return of(coordinates, features);
  }

  /** Tokens in the vocabulary. */
  public int vocabularySize() {
    return features.length;
  }

  /** Number of relevant coordinates of theta. */
  public int width() {
    return coordinates.length;
  }

  /** The i-th relevant coordinate. */
  public int coordinate(int i) {
    return coordinates[i];
  }

  /** The feature of a token on the i-th relevant coordinate. */
  public double feature(int token, int i) {
    return features[token][i];
  }

  /** {@code log sum_y exp <theta, phi(y)>}, nats. */
  public double logNormalizer(double[] theta) {
    return logSumExp(scores(theta));
  }

  /** The next-token distribution: log-probabilities (nats) by token. */
  public double[] logProbs(double[] theta) {
    double[] scores = scores(theta);
    double logNormalizer = logSumExp(scores);
    for (int token = 0; token < scores.length; token++) {
      scores[token] = Math.min(0, scores[token] - logNormalizer);
    }
    return scores;
  }

  /** {@code E phi} under a next-token distribution, by position in the coordinates. */
  public double[] mean(double[] logProbs) {
    double[] mean = new double[coordinates.length];
    for (int token = 0; token < features.length; token++) {
      double p = Math.exp(logProbs[token]);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += p * features[token][i];
      }
    }
    return mean;
  }

  /** {@code E || phi - E phi ||^2} under a next-token distribution. */
  public double variance(double[] logProbs) {
    double[] mean = mean(logProbs);
    double variance = 0;
    for (int token = 0; token < features.length; token++) {
      double distance = 0;
      for (int i = 0; i < mean.length; i++) {
        double difference = features[token][i] - mean[i];
        distance += difference * difference;
      }
      variance += Math.exp(logProbs[token]) * distance;
    }
    return variance;
  }

  /** KL divergence (nats) of two next-token distributions. */
  static double kl(double[] logP, double[] logQ) {
    double kl = 0;
    for (int token = 0; token < logP.length; token++) {
      kl += Math.exp(logP[token]) * (logP[token] - logQ[token]);
    }
    return Math.max(0, kl);
  }

  /** Adds {@code weight * (phi(token) - mean)}: the gradient of the token's log-probability. */
  void addGradient(int token, double[] mean, double weight, double[] gradient) {
    for (int i = 0; i < coordinates.length; i++) {
      gradient[coordinates[i]] += weight * (features[token][i] - mean[i]);
    }
  }

  /** {@code log sum_i exp a_i}. */
  static double logSumExp(double[] a) {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : a) {
      max = Math.max(max, value);
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return max;
    }
    double sum = 0;
    for (double value : a) {
      sum += Math.exp(value - max);
    }
    return max + Math.log(sum);
  }

  private double[] scores(double[] theta) {
    double[] scores = new double[features.length];
    for (int token = 0; token < scores.length; token++) {
      for (int i = 0; i < coordinates.length; i++) {
        scores[token] += theta[coordinates[i]] * features[token][i];
      }
    }
    return scores;
  }
}
