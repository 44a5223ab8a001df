package io.tailwalk.lab.generalise;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.coverage.LogRatio;
import io.tailwalk.train.linear.DataSource;
import io.tailwalk.train.linear.DistributionPair;
import io.tailwalk.train.linear.ExactCoverage;
import io.tailwalk.train.linear.LinearModel;
import io.tailwalk.train.linear.LinearProblem;
import io.tailwalk.train.linear.MaximumLikelihood;
import io.tailwalk.train.linear.Sequence;
import java.util.Arrays;
import java.util.List;

/**
 * Maximum likelihood on one data set, or the mean over several.
 *
 * @param n sample size
 * @param kl of the fitted model, nats
 * @param klGap distance of KL from the mean log ratio on the training data
 * @param coverage Cov_N of the fitted model, by N
 * @param coverageGap distance of Cov_N from the share on the training data, by N
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FitRow(
    int n,
    double kl,
    @JsonProperty("kl_training_gap") double klGap,
    double[] coverage,
    @JsonProperty("coverage_training_gap") double[] coverageGap) {
  private static final double TOLERANCE = 1e-6;

  static FitRow of(ExactCoverage exact, int n, double[] levels, long seed, int repeat) {
    LinearProblem problem = exact.problem();
    var source = new DataSource(problem, new RandomChooser(Streams.of(seed, 0xDA, n, repeat)));
    List<Sequence> data = source.draw(n);
    double[] theta =
        MaximumLikelihood.fit(
                problem.features(),
                problem.domain(),
                data,
                new double[problem.domain().dimension()],
                TOLERANCE)
            .theta();
    DistributionPair pair = exact.pair(theta);
    var model = new LinearModel(problem.features(), theta);
    double[] ratios =
        data.stream()
            .mapToDouble(s ->
                problem.truth().logProb(s.prompt(), s.tokens())
                    - model.logProb(s.prompt(), s.tokens()))
            .toArray();
    double[] coverage = new double[levels.length];
    double[] gap = new double[levels.length];
    for (int i = 0; i < levels.length; i++) {
      double threshold = Math.log(levels[i]);
      coverage[i] = pair.coverage(levels[i]);
      double inSample =
          Arrays.stream(ratios).filter(r -> LogRatio.reaches(r, 0, threshold)).count();
      gap[i] = Math.abs(coverage[i] - inSample / n);
    }
    double kl = problem.kl(theta);
    double klGap = Math.abs(kl - Arrays.stream(ratios).average().orElseThrow());
    return new FitRow(n, kl, klGap, coverage, gap);
  }

  static FitRow mean(List<FitRow> rows) {
    int levels = rows.getFirst().coverage.length;
    double[] coverage = new double[levels];
    double[] gap = new double[levels];
    double kl = 0;
    double klGap = 0;
    for (FitRow row : rows) {
      kl += row.kl / rows.size();
      klGap += row.klGap / rows.size();
      for (int i = 0; i < levels; i++) {
        coverage[i] += row.coverage[i] / rows.size();
        gap[i] += row.coverageGap[i] / rows.size();
      }
    }
    return new FitRow(rows.getFirst().n, kl, klGap, coverage, gap);
  }
}
