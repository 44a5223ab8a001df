package io.tailwalk.sampling.adaptive;

/**
 * How far weights come apart on the way down, from the particles of runs. A particle of weight
 * {@code w} at {@code v} passes {@code w S(v)/V(v)} on to its children. At depth d let {@code
 * c_d^2} be the squared coefficient of variation of {@code S(v)/V(v)} over the particles, weighted
 * by {@code w}: dead ends count, with {@code S = 0}, and prefixes that the target hardly passes
 * weigh next to nothing. To first order
 *
 * <ul>
 *   <li>the relative variance of a filter's estimate is {@code sum_d c_d^2 / N} (Del Moral,
 *       Feynman-Kac Formulae, 2004, section 9.4.2, for weights that forget the past), so a particle
 *       is worth {@code 1 / (1 + sum_d c_d^2)} draws from the target;
 *   <li>the weight of one descent has a relative second moment of {@code prod_d (1 + c_d^2)}.
 * </ul>
 *
 * <p>Where complete responses have left the population, a depth counts by the square of the share
 * of the mass that is still under way. Particles that all come to dead ends, with no response
 * complete, are worth nothing.
 */
final class Spread {
  private double sum;
  private double logProduct;

  /**
   * Adds a depth.
   *
   * @param logBefore log-weight of each particle
   * @param logAfter log of what its children weigh together; {@code -inf} at a dead end
   * @param count of particles
   * @param logDone log-weight of the responses that are complete
   */
  void level(double[] logBefore, double[] logAfter, int count, double logDone) {
    double largest = Double.NEGATIVE_INFINITY;
    double shift = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, logBefore[i]);
      shift = Math.max(shift, logAfter[i]);
    }
    if (shift == Double.NEGATIVE_INFINITY) {
      sum = logDone == shift ? Double.POSITIVE_INFINITY : sum;
      logProduct = logDone == shift ? Double.POSITIVE_INFINITY : logProduct;
      return;
    }
    if (count < 2) {
      return;
    }
    double before = 0;
    double after = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double weight = Math.exp(logBefore[i] - largest);
      double mass = Math.exp(logAfter[i] - shift);
      before += weight;
      after += mass;
      squares += mass == 0 ? 0 : mass * Math.exp(logAfter[i] - shift - logBefore[i] + largest);
    }
    double share = 1 / (1 + Math.exp(logDone - largest) / before);
    double variation = share * share * Math.max(0, before * squares / (after * after) - 1);
    sum += variation;
    logProduct += Math.log1p(variation);
  }

  /** What a particle loses: {@code sum_d c_d^2}. */
  double ofParticles() {
    return sum;
  }

  /** Log of what a descent is worth in draws from the target: {@code -sum_d log(1 + c_d^2)}. */
  double logWorthOfDescent() {
    return -logProduct;
  }
}
