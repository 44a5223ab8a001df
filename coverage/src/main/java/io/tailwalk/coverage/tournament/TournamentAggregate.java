package io.tailwalk.coverage.tournament;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.LogRatio;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.stats.ClusteredSums;
import io.tailwalk.coverage.stats.PromptSizes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The tournament over candidates from the same held-out responses, no reference needed: {@code
 * C_N(j||i)} is the share of rows with {@code log q_j - log q_i >= log N}, and the choice is {@code
 * argmin_i max_j C_N(j||i)} over j other than i (arXiv 2510.15020, eq. 29). Rows stream through
 * once; parts merge.
 */
public final class TournamentAggregate {
  private final List<String> models;
  private final NGrid grid;
  private final PairTally tally;
  private final double[] reach;
  private final double[] nll;
  private final long[] zeros;
  private long rows;

  private TournamentAggregate(List<String> models, NGrid grid, PairTally tally) {
    if (models.size() < 2 || new HashSet<>(models).size() != models.size()) {
      throw new CoverageException("a tournament needs two or more different models, got " + models);
    }
    this.models = List.copyOf(models);
    this.grid = grid;
    this.tally = tally;
    this.reach = new double[models.size() * models.size()];
    Arrays.fill(reach, Double.NEGATIVE_INFINITY);
    this.nll = new double[2 * models.size()];
    this.zeros = new long[models.size()];
  }

  /** For rows drawn independently: one response per prompt. Tests are exact. */
  public static TournamentAggregate overIndependentRows(List<String> models, NGrid grid) {
    return new TournamentAggregate(models, grid, new IndependentPairs(models.size(), grid));
  }

  /** For several responses per prompt: prompts are resampled. */
  public static TournamentAggregate overPrompts(List<String> models, NGrid grid) {
    return new TournamentAggregate(models, grid, new ClusteredPairs(models.size(), grid));
  }

  /**
   * Adds one held-out response.
   *
   * @param promptKey hash of its prompt
   * @param logProbs under each candidate, nats, at most 0, {@code -inf} allowed
   */
  public void add(long promptKey, double[] logProbs) {
    int size = models.size();
    for (int m = 0; m < size; m++) {
      addCrossEntropy(m, logProbs[m]);
    }
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        reach[i * size + j] = LogRatio.reach(logProbs[j], logProbs[i]);
        reach[j * size + i] = LogRatio.reach(logProbs[i], logProbs[j]);
      }
    }
    tally.add(promptKey, reach);
    rows++;
  }

  private void addCrossEntropy(int model, double logProb) {
    if (!LogRatio.isLogProb(logProb)) {
      throw new CoverageException(
          "log_prob " + logProb + " of " + models.get(model) + "; it must be <= 0 or -inf");
    }
    if (logProb == Double.NEGATIVE_INFINITY) {
      zeros[model]++;
    } else {
      ClusteredSums.add(nll, model, -logProb);
    }
  }

  /** Merges another part. */
  public void merge(TournamentAggregate other) {
    if (!models.equals(other.models) || !grid.equals(other.grid)) {
      throw new IllegalArgumentException("tournaments of different models or grids");
    }
    tally.merge(other.tally);
    for (int m = 0; m < zeros.length; m++) {
      zeros[m] += other.zeros[m];
      ClusteredSums.add(nll, m, other.nll[2 * m]);
      nll[2 * m + 1] += other.nll[2 * m + 1];
    }
    rows += other.rows;
  }

  /** One result for each N of the grid. */
  public List<TournamentResult> results(PromptSizes sizes, Confidence confidence) {
    if (rows == 0) {
      throw new CoverageException("no rows for a tournament");
    }
    List<TournamentResult> results = new ArrayList<>();
    for (int n = 0; n < grid.size(); n++) {
      results.add(result(n, sizes, confidence));
    }
    return results;
  }

  private TournamentResult result(int n, PromptSizes sizes, Confidence confidence) {
    int size = models.size();
    long[] counts = tally.counts(n);
    double[] crossEntropy = crossEntropy();
    Interval[] intervals = tally.intervals(n, sizes, confidence);
    boolean[] out = tally.ruledOut(n, sizes, confidence);
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      List<Double> row = new ArrayList<>();
      for (int j = 0; j < size; j++) {
        row.add(j == i && grid.n(n) == 1.0 ? 1.0 : counts[i * size + j] / (double) rows);
      }
      Interval worst = worst(intervals, i);
      candidates.add(Candidate.of(models.get(i), i, row, worst, crossEntropy[i], !out[i]));
    }
    return new TournamentResult(grid.n(n), rows, candidates);
  }

  /** The largest of candidate i's pairs; all of them have the same kind, except ends at 0 and 1. */
  private Interval worst(Interval[] intervals, int i) {
    int size = models.size();
    List<Interval> pairs =
        IntStream.range(0, size)
            .filter(j -> j != i)
            .mapToObj(j -> intervals[i * size + j])
            .toList();
    Interval low = Collections.max(pairs, Comparator.comparingDouble(Interval::low));
    Interval high = Collections.max(pairs, Comparator.comparingDouble(Interval::high));
    return new Interval(low.low(), low.lowKind(), high.high(), high.highKind());
  }

  /** Mean of {@code -log q} in nats, infinite if some row has probability zero. */
  private double[] crossEntropy() {
    double[] means = new double[zeros.length];
    for (int m = 0; m < zeros.length; m++) {
      means[m] = zeros[m] > 0 ? Double.POSITIVE_INFINITY : (nll[2 * m] + nll[2 * m + 1]) / rows;
    }
    return means;
  }
}
