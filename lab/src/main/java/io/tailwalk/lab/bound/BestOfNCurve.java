package io.tailwalk.lab.bound;

import java.util.stream.IntStream;

/**
 * The loss of Best-of-N on one problem, with its bounds.
 *
 * @param name the problem
 * @param draws N
 * @param below {@code Cov_2N / 2}
 * @param loss loss on the worst reward found
 * @param above {@code min_M [Cov_M + exp(-N/M)]}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BestOfNCurve(String name, double[] draws, double[] below, double[] loss, double[] above) {
  private static final int POINTS = 13;
  private static final int SEARCHED = 200;

  /** The curve of the first few random problems whose loss at N = 16 is nearest to a fifth. */
  static BestOfNCurve of(long seed) {
    RandomCase chosen = RandomCase.draw(seed, 0);
    for (int number = 1; number < SEARCHED; number++) {
      RandomCase other = RandomCase.draw(seed, number);
      if (distance(other) < distance(chosen)) {
        chosen = other;
      }
    }
    var distributions = new Distributions(chosen.pair());
    double[] draws = IntStream.range(0, POINTS).mapToDouble(i -> Math.pow(2, i)).toArray();
    double[] below = new double[POINTS];
    double[] loss = new double[POINTS];
    double[] above = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      long n = (long) draws[i];
      below[i] = distributions.pair().coverage(2.0 * n) / 2;
      loss[i] =
          Math.max(distributions.worstReward(n).gap(), distributions.rewardAbove(2.0 * n, n).gap());
      above[i] = Checks.simulationLoss(distributions.pair(), n);
    }
    return new BestOfNCurve(chosen.name(), draws, below, loss, above);
  }

  private static double distance(RandomCase problem) {
    return Math.abs(new Distributions(problem.pair()).worstReward(16).gap() - 0.2);
  }
}
