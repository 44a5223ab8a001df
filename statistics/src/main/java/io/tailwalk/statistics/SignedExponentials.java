package io.tailwalk.statistics;

/**
 * The probability that a sum of exponential variables with weights of both signs is at most zero,
 * exactly.
 *
 * <p>Let a be a weight to the left of zero and b one to the right. Of {@code a E} and {@code b E'}
 * the first is the smaller with probability {@code b / (a + b)}, and what is left of the other is
 * again exponential with the same weight. So both sides are used up against each other, one
 * variable a step, and the sum is at most zero when the right side is used up first. The
 * probabilities of all numbers used up so far are carried along: sums of products of positive
 * numbers, so nothing cancels. (In the language of splines, where the distribution of such a sum is
 * an integrated B-spline: Curry and Schoenberg 1966, Journal d'Analyse Mathematique 17; the
 * recursion is that of de Boor 1972, Journal of Approximation Theory 6. Imhof's integral, 1961,
 * Biometrika 48, is the usual way and fails here: one large weight against many small ones makes it
 * oscillate thousands of times before it dies off.)
 *
 * <p>About {@code n^1.5} operations, since the numbers used up stay within a few standard
 * deviations.
 */
final class SignedExponentials {
  /** Paths less probable than this are left out. */
  private static final double NEGLIGIBLE = 1e-19;

  private SignedExponentials() {}

  /**
   * {@code P(sum_j E_j (x_j - shift) <= 0)}.
   *
   * @param points the x in ascending order
   * @param shift what is subtracted from each
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
    // path[i]: probability that i of the left side are used up and step - i of the right one.
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
