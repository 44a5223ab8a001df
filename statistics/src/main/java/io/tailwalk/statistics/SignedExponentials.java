package io.tailwalk.statistics;

/**
 * The probability that a sum of exponential variables with weights of both signs is at most zero,
 * exactly.
 *
 * <p>Let a be the size of a negative weight and b that of a positive one. {@code a E} is smaller
 * than {@code b E'} with probability {@code b / (a + b)}, and the remainder of the larger is again
 * exponential with the same weight. Both sides are therefore consumed against each other, one
 * variable per step, and the sum is at most zero if the positive side is consumed first. The
 * recursion keeps the probabilities of all numbers consumed so far: sums of products of positive
 * numbers, so nothing cancels. (In the language of splines, where the distribution of such a sum is
 * an integrated B-spline: Curry and Schoenberg 1966, Journal d'Analyse Mathematique 17; the
 * recursion is that of de Boor 1972, Journal of Approximation Theory 6. Imhof's integral, 1961,
 * Biometrika 48, is the standard method and fails here: with one large weight against many small
 * ones it oscillates thousands of times before it decays.)
 *
 * <p>About {@code n^1.5} operations, because the numbers consumed are within a few standard
 * deviations.
 */
final class SignedExponentials {
  /** Less probable paths are dropped. */
  private static final double NEGLIGIBLE = 1e-19;

  private SignedExponentials() {}

  /**
   * {@code P(sum_j E_j (x_j - shift) <= 0)}.
   *
   * @param points the x in ascending order
   * @param shift the number subtracted from each
   */
  static double atMostZero(double[] points, double shift) {
    int left = 0;
    while (left < points.length && points[left] < shift) {
      left++;
    }
    int rightFrom = left;
    while (rightFrom < points.length && points[rightFrom] == shift) {
      rightFrom++;
    }
    int right = points.length - rightFrom;
    if (right == 0) {
      return 1;
    }
    // path[i]: probability that i of the negative side and step - i of the positive one are
    // consumed.
    double[] path = new double[left + 2];
    path[0] = 1;
    int from = 0;
    int to = left == 0 ? -1 : 0;
    double rightUsedUp = 0;
    for (int step = 0; from <= to; step++) {
      path[to + 1] = 0;
      for (int i = to; i >= from; i--) {
        double a = shift - points[i];
        double b = points[rightFrom + step - i] - shift;
        path[i + 1] += path[i] * (b / (a + b));
        path[i] *= a / (a + b);
      }
      to++;
      if (step + 1 - from == right) {
        rightUsedUp += path[from++];
      }
      while (to >= from && (to == left || path[to] < NEGLIGIBLE)) {
        to--;
      }
      while (from <= to && path[from] < NEGLIGIBLE) {
        from++;
      }
    }
    return Math.min(1, rightUsedUp);
  }
}
