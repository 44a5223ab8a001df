package io.tailwalk.lab.generalise;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tailwalk.train.linear.Constructions;
import io.tailwalk.train.linear.DistributionPair;
import io.tailwalk.train.linear.ExactCoverage;
import io.tailwalk.train.linear.LinearProblem;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Maximum likelihood on the construction of Proposition 3.2, over all data sets: the number of
 * times that the rare prompt is seen is binomial, and the estimate depends only on the sum of its
 * tokens, whose distribution is known. theta* = 1; if the prompt is not seen, all of [-1, 1] is
 * equally likely and a fair coin chooses one of the two ends.
 *
 * @param horizon H
 * @param n sample size
 * @param kl expected KL, nats
 * @param klAbove probability that KL is at least {@code H/(4n)}
 * @param coverage expected Cov_N, one for each requested N
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RarePrompt(
    int horizon,
    int n,
    @JsonProperty("expected_kl") double kl,
    @JsonProperty("probability_kl_above_horizon_over_4n") double klAbove,
    @JsonProperty("expected_coverage") double[] coverage) {
  private static final double NEGLIGIBLE = 1e-13;

  static RarePrompt of(int horizon, int n, double[] levels) {
    var sums = new Sums(horizon, n, levels);
    double rare = 0.5 / n;
    double seen = Math.pow(1 - rare, n);
    sums.add(seen / 2, 1);
    sums.add(seen / 2, -1);
    for (int k = 1; k <= n; k++) {
      seen *= (n - k + 1.0) / k * rare / (1 - rare);
      if (seen < NEGLIGIBLE) {
        break;
      }
      sums.addSeen(seen, k * horizon);
    }
    return new RarePrompt(horizon, n, sums.kl, sums.klAbove, sums.coverage);
  }

  private static final class Sums {
    private final ExactCoverage exact;
    private final double[] levels;
    private final double mark;
    private final double[] coverage;
    private double kl;
    private double klAbove;

    Sums(int horizon, int n, double[] levels) {
      LinearProblem problem = Constructions.rarePrompt(n, horizon, 1);
      this.exact = new ExactCoverage(problem);
      this.levels = levels;
      this.mark = horizon / (4.0 * n);
      this.coverage = new double[levels.length];
    }

    /** Adds the case of this many seen tokens, whose number of ones is binomial. */
    void addSeen(double mass, int tokens) {
      double logOne = -Math.log1p(Math.exp(-2));
      double logZero = logOne - 2;
      double logWays = 0;
      for (int ones = 0; ones <= tokens; ones++) {
        if (ones > 0) {
          logWays += Math.log((tokens - ones + 1.0) / ones);
        }
        double odds = 0.5 * Math.log((double) ones / (tokens - ones));
        double logMass = logWays + ones * logOne + (tokens - ones) * logZero;
        add(mass * Math.exp(logMass), Math.clamp(odds, -1, 1));
      }
    }

    void add(double mass, double theta) {
      if (mass < NEGLIGIBLE) {
        return;
      }
      DistributionPair pair = exact.pair(new double[] {theta});
      double divergence = pair.kl();
      kl += mass * divergence;
      klAbove += divergence >= mark ? mass : 0;
      for (int i = 0; i < levels.length; i++) {
        coverage[i] += mass * pair.coverage(levels[i]);
      }
    }
  }

  static double[] kls(RarePrompt[] rows) {
    return Arrays.stream(rows).mapToDouble(RarePrompt::kl).toArray();
  }

  static double[] horizons(RarePrompt[] rows) {
    return Arrays.stream(rows).mapToDouble(RarePrompt::horizon).toArray();
  }

  static DoubleStream coverages(RarePrompt[] rows, int level) {
    return Arrays.stream(rows).mapToDouble(row -> row.coverage[level]);
  }
}
