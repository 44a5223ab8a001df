package io.tailwalk.lab.steps;

import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.train.linear.DataSource;
import io.tailwalk.train.linear.ExactCoverage;
import io.tailwalk.train.linear.LinearProblem;
import io.tailwalk.train.linear.PullApart;
import io.tailwalk.train.linear.SequenceTraining;

/**
 * The problem at one horizon, with the length of training.
 *
 * @param horizon H
 * @param sequences T
 */
record Setting(int horizon, int sequences) {
  /** The N of the coverage. */
  static final double LEVEL = 8;

  private static final int TAIL = 14;
  private static final int CHECKPOINTS = 32;

  LinearProblem problem() {
    return PullApart.problem(horizon, TAIL);
  }

  /** {@code min{H / (T log N), 1}}, up to a constant a lower bound for constant plain steps. */
  double floor() {
    return Math.min(1, horizon / (sequences * Math.log(LEVEL)));
  }

  /** Cov_N by step size, mean over iterates of the second half of training. */
  double[] coverage(Method method, long seed, int repeat) {
    LinearProblem problem = problem();
    var exact = new ExactCoverage(problem);
    double[] grid = method.grid(this);
    double[] coverage = new double[grid.length];
    for (int i = 0; i < grid.length; i++) {
      var data =
          new DataSource(
              problem, new RandomChooser(Streams.of(seed, 0x57, horizon, sequences, repeat)));
      coverage[i] = mean(exact, data, method.training(problem, grid[i], sequences, LEVEL));
    }
    return coverage;
  }

  private static double mean(ExactCoverage exact, DataSource data, SequenceTraining training) {
    long every = Math.max(1, training.steps() / (2 * CHECKPOINTS));
    double[] sum = new double[1];
    int[] seen = new int[1];
    double[] start = new double[exact.problem().domain().dimension()];
    training.run(
        exact.problem(),
        data,
        start,
        (step, theta) -> {
          if (2 * step > training.steps() && step % every == 0) {
            sum[0] += exact.coverage(theta, LEVEL);
            seen[0]++;
          }
        });
    return sum[0] / seen[0];
  }
}
