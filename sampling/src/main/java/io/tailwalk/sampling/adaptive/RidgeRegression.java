package io.tailwalk.sampling.adaptive;

/** Least squares with an L2 penalty, solved by Cholesky factorisation of the normal equations. */
final class RidgeRegression {
  private final int size;
  private final double[][] gram;
  private final double[] moment;

  /**
   * @param penalty added to the diagonal, above 0: as if this number of observations of 0 had been
   *     made on each feature
   */
  RidgeRegression(int size, double penalty) {
    this.size = size;
    this.gram = new double[size][size];
    this.moment = new double[size];
    for (int i = 0; i < size; i++) {
      gram[i][i] = penalty;
    }
  }

  void add(double[] features, double target) {
    for (int i = 0; i < size; i++) {
      if (features[i] == 0) {
        continue;
      }
      moment[i] += features[i] * target;
      for (int j = 0; j <= i; j++) {
        gram[i][j] += features[i] * features[j];
      }
    }
  }

  double[] solve() {
    double[][] lower = cholesky();
    double[] x = moment.clone();
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        x[i] -= lower[i][j] * x[j];
      }
      x[i] /= lower[i][i];
    }
    for (int i = size - 1; i >= 0; i--) {
      for (int j = i + 1; j < size; j++) {
        x[i] -= lower[j][i] * x[j];
      }
      x[i] /= lower[i][i];
    }
    return x;
  }

  private double[][] cholesky() {
    double[][] lower = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = gram[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / lower[j][j];
      }
    }
    return lower;
  }
}
