package io.tailwalk.lab.calibration;

import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import io.tailwalk.sampling.independent.ActionImportanceSampler;
import io.tailwalk.sampling.independent.GuidedGrowth;
import io.tailwalk.sampling.independent.IndependentDraws;
import io.tailwalk.statistics.SkewedInterval;
import java.util.Arrays;
import java.util.Optional;

/**
 * The interval of version 0.1, kept as the comparator: weighted guided descents, and the union of
 * Student's interval on the log of their mean and of Hall's, which corrects for skewness (JRSS B
 * 54, 1992). Nothing else may use it: its coverage is far below its level if values are wrong.
 */
final class FormerInterval {
  /** The name in tables and on the command line. */
  static final String NAME = "former";

  private static final double LEVEL = 0.95;
  private static final int PARALLEL = 16;

  private FormerInterval() {}

  /** The estimate of one run; empty if the budget allowed no descent. */
  static Optional<Estimate> of(SamplingProblem problem, RunOptions options) {
    var run = new Run(problem, options, SamplingListener.NONE);
    GenerationTree tree = run.explorer().tree();
    var draws =
        new IndependentDraws(
            run,
            new GuidedGrowth(run.explorer()),
            (leaf, _) -> ActionImportanceSampler.logWeight(tree, leaf),
            PARALLEL);
    draws.draw(Integer.MAX_VALUE);
    double[] weights = draws.sample().weights(draws.counted());
    double bound = Math.exp(problem.verifier().logRewardBound());
    return weights.length == 0 ? Optional.empty() : Optional.of(estimate(weights, bound));
  }

  private static Estimate estimate(double[] weights, double bound) {
    Interval ends = positiveMean(weights);
    double mean = Arrays.stream(weights).average().orElse(0);
    double high = Double.isInfinite(ends.high()) ? ends.high() : Math.min(ends.high(), bound);
    Interval capped = Interval.asymptotic(Math.min(ends.low(), bound), high);
    return Estimate.of(
        Math.min(mean, bound),
        Double.NaN,
        capped,
        Interval.NON_NEGATIVE,
        LEVEL,
        Bias.CLAMPED,
        NAME);
  }

  /** {@code Intervals.positiveMean} of version 0.1; the formula is the same in every version. */
  static Interval positiveMean(double[] values) {
    int n = values.length;
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = n == 0 ? 0 : sum / n;
    if (n < 2 || mean == 0) {
      return Interval.asymptotic(0, Double.POSITIVE_INFINITY);
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    if (squares == 0) {
      double common = Math.pow((1 - LEVEL) / 2, 1.0 / n);
      return Interval.asymptotic(mean * common, mean / common);
    }
    return SkewedInterval.of(values, mean, LEVEL);
  }
}
