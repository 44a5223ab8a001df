package io.tailwalk.coverage.profile;

import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.stats.ClusteredSums;
import io.tailwalk.coverage.stats.PromptSizes;
import io.tailwalk.coverage.stats.ProportionIntervals;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How many held-out responses have a probability of at most 1/N under each of several models: the
 * coverage profile as if each response were the only one, of log-probability 0. Counts only; parts
 * merge.
 */
public final class ImprobableAggregate {
  private final List<String> models;
  private final NGrid grid;
  private final int columns;

  /**
   * Per prompt, for each model: rows that reach exactly k thresholds, k = 0, 1, ...; then all rows.
   */
  private final ClusteredSums sums;

  /**
   * Starts without rows.
   *
   * @param models names of the models
   * @param grid factors N
   */
  public ImprobableAggregate(List<String> models, NGrid grid) {
    this.models = List.copyOf(models);
    this.grid = grid;
    this.columns = grid.size() + 1;
    this.sums = new ClusteredSums(0, models.size() * columns + 1);
  }

  /**
   * Adds one held-out response.
   *
   * @param promptKey hash of its prompt, or of the row when rows are independent
   * @param logProbs under each model, nats, at most 0, {@code -inf} allowed
   */
  public void add(long promptKey, double[] logProbs) {
    double[] row = sums.row(promptKey);
    for (int m = 0; m < models.size(); m++) {
      sums.tick(row, m * columns + grid.reached(0, logProbs[m]));
    }
    sums.tick(row, models.size() * columns);
  }

  /** Adds all of another part of the same rows' table. */
  public void merge(ImprobableAggregate other) {
    if (!models.equals(other.models) || !grid.equals(other.grid)) {
      throw new IllegalArgumentException("shares of different models or grids");
    }
    sums.merge(other.sums);
  }

  /**
   * The shares, by model and then by factor.
   *
   * @param sizes rows of each prompt, as they were added
   * @param confidence level of the intervals
   */
  public List<ImprobableShare> shares(PromptSizes sizes, Confidence confidence) {
    double[][] byPrompt = sums.matrix();
    if (byPrompt.length == 0) {
      throw new CoverageException("no rows for the shares of improbable responses");
    }
    List<ImprobableShare> shares = new ArrayList<>();
    for (int m = 0; m < models.size(); m++) {
      add(shares, m, atLeast(byPrompt, m), sizes, confidence);
    }
    return shares;
  }

  private void add(
      List<ImprobableShare> shares,
      int model,
      double[][] counts,
      PromptSizes sizes,
      Confidence confidence) {
    var intervals =
        ProportionIntervals.pointwise(
            counts,
            sizes,
            confidence.delta(),
            confidence.replicates(),
            new SplittableRandom(confidence.seed()));
    for (int k = 0; k < grid.size(); k++) {
      double hits = 0;
      double rows = 0;
      for (double[] prompt : counts) {
        hits += prompt[k];
        rows += prompt[grid.size()];
      }
      shares.add(new ImprobableShare(models.get(model), grid.n(k), hits / rows, intervals[k]));
    }
  }

  /** Rows of each prompt that reach the k-th threshold or a later one, and all its rows. */
  private double[][] atLeast(double[][] byPrompt, int model) {
    double[][] counts = new double[byPrompt.length][grid.size() + 1];
    for (int g = 0; g < counts.length; g++) {
      double running = 0;
      for (int k = grid.size() - 1; k >= 0; k--) {
        running += byPrompt[g][model * columns + k + 1];
        counts[g][k] = running;
      }
      counts[g][grid.size()] = byPrompt[g][models.size() * columns];
    }
    return counts;
  }
}
