package io.tailwalk.coverage.paired;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.LogRatio;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.stats.ClusteredSums;
import io.tailwalk.coverage.stats.PromptSizes;
import io.tailwalk.coverage.stats.RatioEstimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gathers the paired differences of two models, row by row; parts merge.
 *
 * <p>Coverage: a mean over rows of numbers in {-1, 0, 1}. Gaffke's interval over prompts ({@link
 * BoundedRatio}), so that events not yet seen are allowed for; with one response per prompt from
 * the counts of all rows. Cross-entropy has no largest value: Student's t over prompts, open with
 * fewer than {@value RatioEstimate#FEWEST} effective ones ({@link RatioEstimate}).
 */
public final class PairAggregate {
  private final List<String> models;
  private final NGrid grid;
  private final ClusteredSums sums;
  private final long[] zeros = new long[2];

  /**
   * Starts without rows.
   *
   * @param models the two names
   * @param grid factors N
   */
  public PairAggregate(List<String> models, NGrid grid) {
    if (models.size() != 2) {
      throw new CoverageException("a paired difference is between two models, got " + models);
    }
    this.models = List.copyOf(models);
    this.grid = grid;
    this.sums = new ClusteredSums(2 * grid.size() + 2);
  }

  /**
   * Adds one held-out response.
   *
   * @param promptKey hash of its prompt, or of the response if rows are independent
   * @param logProbs under both models, nats, at most 0, {@code -inf} allowed
   */
  public void add(long promptKey, double[] logProbs) {
    double first = require(logProbs[0], 0);
    double second = require(logProbs[1], 1);
    double[] row = sums.row(promptKey);
    int lost = grid.reached(second, first);
    int won = grid.reached(first, second);
    // Ties count on both sides at N = 1, and cancel.
    for (int n = Math.min(lost, won); n < Math.max(lost, won); n++) {
      ClusteredSums.count(row, lost > won ? 2 * n : 2 * n + 1);
    }
    if (first > Double.NEGATIVE_INFINITY && second > Double.NEGATIVE_INFINITY) {
      ClusteredSums.add(row, entropy(), -first);
      ClusteredSums.add(row, entropy(), second);
    }
    ClusteredSums.count(row, rows());
  }

  private double require(double logProb, int model) {
    if (!LogRatio.isLogProb(logProb)) {
      throw new CoverageException(
          "log_prob " + logProb + " of " + models.get(model) + "; it must be <= 0 or -inf");
    }
    zeros[model] += logProb == Double.NEGATIVE_INFINITY ? 1 : 0;
    return logProb;
  }

  private int entropy() {
    return 2 * grid.size();
  }

  private int rows() {
    return 2 * grid.size() + 1;
  }

  /** Merges another part. */
  public void merge(PairAggregate other) {
    if (!models.equals(other.models) || !grid.equals(other.grid)) {
      throw new IllegalArgumentException("differences of other models or grids");
    }
    sums.merge(other.sums);
    zeros[0] += other.zeros[0];
    zeros[1] += other.zeros[1];
  }

  /**
   * The differences.
   *
   * @param sizes numbers of rows of the prompts
   * @param delta error probability of each interval
   */
  public PairDifference result(PromptSizes sizes, double delta) {
    double[][] clusters = sums.matrix();
    if (clusters.length == 0) {
      throw new CoverageException("no rows for a paired difference");
    }
    double[] x = column(clusters, rows());
    List<PairDifference.AtFactor> coverage = new ArrayList<>();
    for (int n = 0; n < grid.size(); n++) {
      coverage.add(new PairDifference.AtFactor(grid.n(n), coverage(clusters, x, n, sizes, delta)));
    }
    Difference entropy = crossEntropy(column(clusters, entropy()), x, sizes, delta);
    return new PairDifference(
        models.getFirst(), models.getLast(), sizes.prompts(), coverage, entropy);
  }

  private Difference coverage(
      double[][] clusters, double[] x, int n, PromptSizes sizes, double delta) {
    double[] lost = column(clusters, 2 * n);
    double[] won = column(clusters, 2 * n + 1);
    double[] y = new double[x.length];
    Arrays.setAll(y, g -> lost[g] - won[g]);
    RatioEstimate estimate = RatioEstimate.of(y, x);
    Interval interval;
    double error = estimate.standardError();
    if (sizes.rowsAreIndependent()) {
      double[] values = values(lost, won, sizes.rows());
      interval = BoundedRatio.interval(values, ones(values.length), delta);
      error = RatioEstimate.of(values, ones(values.length)).standardError();
    } else {
      interval = BoundedRatio.interval(y, x, delta);
    }
    double value = estimate.value();
    return new Difference(
        value, interval, error, Power.prompts(value, interval, error, sizes.prompts(), delta));
  }

  /** The differences of single rows, of which only the numbers matter. */
  private static double[] values(double[] lost, double[] won, long rows) {
    double[] values = new double[Math.toIntExact(rows)];
    int first = (int) Math.round(Arrays.stream(lost).sum());
    int second = (int) Math.round(Arrays.stream(won).sum());
    Arrays.fill(values, 0, first, 1);
    Arrays.fill(values, first, first + second, -1);
    return values;
  }

  private Difference crossEntropy(double[] y, double[] x, PromptSizes sizes, double delta) {
    if (zeros[0] > 0 || zeros[1] > 0) {
      double value = Double.NaN;
      if (zeros[1] == 0) {
        value = Double.POSITIVE_INFINITY;
      } else if (zeros[0] == 0) {
        value = Double.NEGATIVE_INFINITY;
      }
      return new Difference(value, Interval.LINE, Double.NaN, new Needed.Unknown());
    }
    RatioEstimate estimate = RatioEstimate.of(y, x);
    Interval interval = estimate.shown(delta);
    double error = estimate.standardError();
    long prompts = sizes.prompts();
    Needed needed = Power.prompts(estimate.value(), interval, error, prompts, delta);
    if (interval.isOpen() && needed instanceof Needed.Further further) {
      // No interval is shown before there are enough prompts, however clear the difference.
      double least = prompts * (RatioEstimate.FEWEST / estimate.effective() - 1);
      needed = new Needed.Further(Math.max(further.count(), (long) Math.ceil(least)));
    }
    return new Difference(estimate.value(), interval, error, needed);
  }

  private static double[] ones(int length) {
    double[] ones = new double[length];
    Arrays.fill(ones, 1.0);
    return ones;
  }

  private static double[] column(double[][] clusters, int column) {
    return Arrays.stream(clusters).mapToDouble(row -> row[column]).toArray();
  }
}
