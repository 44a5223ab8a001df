package io.tailwalk.lab.parity;

/** Small systems of linear equations. */
final class LinearSystem {
  private LinearSystem() {}

  /**
   * The solution by Gaussian elimination with partial pivoting.
   *
   * @param rows coefficients and right side of a regular system; overwritten
   */
  static double[] solve(double[][] rows) {
    int n = rows.length;
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int i = column + 1; i < n; i++) {
        pivot = Math.abs(rows[i][column]) > Math.abs(rows[pivot][column]) ? i : pivot;
      }
      double[] row = rows[pivot];
      rows[pivot] = rows[column];
      rows[column] = row;
      for (int i = column + 1; i < n; i++) {
        eliminate(rows[i], row, column);
      }
    }
    double[] solution = new double[n];
    for (int i = n - 1; i >= 0; i--) {
      double sum = rows[i][n];
      for (int j = i + 1; j < n; j++) {
        sum -= rows[i][j] * solution[j];
      }
      solution[i] = sum / rows[i][i];
    }
    return solution;
  }

  private static void eliminate(double[] from, double[] row, int column) {
    double factor = from[column] / row[column];
    if (factor != 0) {
      for (int j = column; j < row.length; j++) {
        from[j] -= factor * row[j];
      }
    }
  }
}
