package io.tailwalk.sampling.adaptive;

/**
 * The spread of weights along descents, from the particles of runs. A particle of weight {@code w}
 * at {@code v} passes {@code w S(v)/V(v)} on to its children. At depth d let {@code c_d^2} be the
 * squared coefficient of variation of {@code S(v)/V(v)} over the particles, weighted by {@code w}:
 * dead ends count, with {@code S = 0}, and prefixes that the target rarely passes have almost no
 * weight. To first order
 *
 * <ul>
 *   <li>the relative variance of a filter's estimate is {@code sum_d c_d^2 / N} (Del Moral,
 *       Feynman-Kac Formulae, 2004, section 9.4.2, for weights that forget the past), so a particle
 *       is worth {@code 1 / (1 + sum_d c_d^2)} draws from the target;
 *   <li>the weight of one descent has a relative second moment of {@code prod_d (1 + c_d^2)}.
 * </ul>
 *
 * <p>If complete responses have left the population, a depth counts by the square of the share of
 * the weight that remains. Particles that all reach dead ends, without a complete response, are
 * worth zero draws.
 */
final class Spread {
  private double sum;
  private double logProduct;

  /**
   * Adds a depth.
   *
   * @param logBefore log-weight of each particle
   * @param logAfter log of the total weight of its children; {@code -inf} at a dead end
   * @param count number of particles
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

  /** The loss of a particle: {@code sum_d c_d^2}. */
  double ofParticles() {
    return sum;
  }

  /** Log of the worth of a descent in draws from the target: {@code -sum_d log(1 + c_d^2)}. */
  double logWorthOfDescent() {
    return -logProduct;
  }
}
