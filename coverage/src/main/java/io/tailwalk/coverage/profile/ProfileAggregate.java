package io.tailwalk.coverage.profile;

import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.quantile.QuantileGrid;
import io.tailwalk.coverage.stats.DkwBand;
import io.tailwalk.coverage.stats.PromptSizes;
import io.tailwalk.coverage.stats.ProportionIntervals;
import io.tailwalk.coverage.stats.QuantileRanks;
import io.tailwalk.coverage.stats.RatioEstimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Coverage profiles of several models from held-out responses {@code y ~ pi(.|x)}: {@code Cov_N(pi
 * || q) = P[log pi(y|x) - log q(y|x) >= log N]} (arXiv 2510.15020, Definition 1.1), with
 * cross-entropy, KL and quantiles of the likelihood. Rows stream through once; parts merge in any
 * order to the same numbers.
 *
 * <p>Without a reference the coverage profile is not identified and not computed.
 */
public final class ProfileAggregate {
  private final List<String> models;
  private final NGrid grid;
  private final boolean referenced;
  private final ModelTally[] tallies;

  private ProfileAggregate(List<String> models, NGrid grid, boolean referenced) {
    if (models.isEmpty()) {
      throw new CoverageException("no models to profile");
    }
    this.models = List.copyOf(models);
    this.grid = grid;
    this.referenced = referenced;
    this.tallies = new ModelTally[models.size()];
    Arrays.setAll(tallies, _ -> new ModelTally(grid, referenced, models.size()));
  }

  /** For rows whose reference log-probability is known. */
  public static ProfileAggregate withReference(List<String> models, NGrid grid) {
    return new ProfileAggregate(models, grid, true);
  }

  /** Cross-entropy only. */
  public static ProfileAggregate withoutReference(List<String> models) {
    return new ProfileAggregate(models, NGrid.of(1), false);
  }

  /**
   * Adds one held-out response.
   *
   * @param promptKey hash of its prompt, or of the row when rows are independent
   * @param reference {@code log pi(y|x)}, finite and at most 0; ignored without a reference
   * @param logProbs {@code log q(y|x)} of each model, at most 0, {@code -inf} allowed
   * @param tokens response length under each model, tokens; negative if unknown
   */
  public void add(long promptKey, double reference, double[] logProbs, long[] tokens) {
    for (int m = 0; m < tallies.length; m++) {
      tallies[m].add(promptKey, reference, logProbs[m], tokens[m]);
    }
  }

  /**
   * Adds the score of one held-out response under one model. All responses must be added for all
   * models.
   *
   * @param model index of the model
   * @param promptKey hash of its prompt, or of the row when rows are independent
   * @param reference {@code log pi(y|x)}, finite and at most 0; ignored without a reference
   * @param logProb {@code log q(y|x)}, at most 0, {@code -inf} allowed
   * @param tokens response length, tokens; negative if unknown
   */
  public void add(int model, long promptKey, double reference, double logProb, long tokens) {
    tallies[model].add(promptKey, reference, logProb, tokens);
  }

  /** Adds all of another part of the same rows' table. */
  public void merge(ProfileAggregate other) {
    if (!models.equals(other.models)
        || !grid.equals(other.grid)
        || referenced != other.referenced) {
      throw new IllegalArgumentException("profiles of different models, grids or references");
    }
    for (int m = 0; m < tallies.length; m++) {
      tallies[m].merge(other.tallies[m]);
    }
  }

  /** The profiles, in the order of the models, with {@link QuantileGrid#standard()}. */
  public List<ModelProfile> profiles(PromptSizes sizes, Confidence confidence) {
    return profiles(sizes, confidence, QuantileGrid.standard());
  }

  /**
   * The profiles, in the order of the models.
   *
   * @param sizes rows of each prompt, as they were added
   * @param confidence level of bands and intervals
   * @param quantiles shares epsilon of the likelihood quantiles
   */
  public List<ModelProfile> profiles(
      PromptSizes sizes, Confidence confidence, QuantileGrid quantiles) {
    List<QuantileRanks> ranks =
        sizes.rows() == 0 ? List.of() : quantiles.ranks(sizes, confidence.delta());
    List<ModelProfile> profiles = new ArrayList<>();
    for (int m = 0; m < tallies.length; m++) {
      profiles.add(profile(models.get(m), tallies[m], sizes, confidence, ranks));
    }
    return profiles;
  }

  private ModelProfile profile(
      String model,
      ModelTally tally,
      PromptSizes sizes,
      Confidence confidence,
      List<QuantileRanks> ranks) {
    double[] totals = tally.totals();
    long rows = Math.round(totals[ModelTally.ROWS]);
    if (rows == 0) {
      throw new CoverageException("no rows for model " + model);
    }
    double[][] byPrompt = tally.byPrompt();
    long zeros = Math.round(totals[ModelTally.ZEROS]);
    double delta = confidence.delta();
    return new ModelProfile(
        model,
        rows,
        zeros,
        mean(byPrompt, ModelTally.NLL, ModelTally.ROWS, zeros, delta),
        tally.knowsLengths() && totals[ModelTally.TOKENS] > 0
            ? Optional.of(mean(byPrompt, ModelTally.NLL, ModelTally.TOKENS, zeros, delta))
            : Optional.empty(),
        referenced
            ? Optional.of(mean(byPrompt, ModelTally.LOG_RATIO, ModelTally.ROWS, zeros, delta))
            : Optional.empty(),
        referenced ? points(tally, byPrompt, sizes, confidence) : List.of(),
        lengths(tally),
        ranks.stream().map(tally.quantiles()::at).toList());
  }

  private static Estimate mean(double[][] sums, int over, int under, long zeros, double delta) {
    if (zeros > 0) {
      // A response that was drawn has a probability, and the model denies it one.
      double infinity = Double.POSITIVE_INFINITY;
      return Estimate.exactly(
          infinity, Interval.certain(infinity, infinity), "a response of probability zero");
    }
    RatioEstimate ratio = RatioEstimate.of(sums, over, under);
    return Estimate.of(
        ratio.value(),
        ratio.standardError() > 0 ? ratio.standardError() : Double.NaN,
        ratio.shown(delta),
        over == ModelTally.NLL ? Interval.NON_NEGATIVE : Interval.LINE,
        1 - delta,
        Bias.CLAMPED,
        "Student's t over prompts");
  }

  private List<ProfilePoint> points(
      ModelTally tally, double[][] byPrompt, PromptSizes sizes, Confidence confidence) {
    double[] totals = tally.totals();
    double[] uncovered = tally.uncovered(totals);
    double rows = totals[ModelTally.ROWS];
    double half = DkwBand.halfWidth(sizes, confidence.delta());
    Interval[] pointwise =
        ProportionIntervals.pointwise(
            tally.uncoveredByPrompt(byPrompt),
            sizes,
            confidence.delta(),
            confidence.replicates(),
            new SplittableRandom(confidence.seed()));
    List<ProfilePoint> points = new ArrayList<>();
    for (int k = 0; k < grid.size(); k++) {
      double coverage = uncovered[k] / rows;
      Interval band = Interval.guaranteed(coverage - half, coverage + half).within(0, 1);
      points.add(new ProfilePoint(grid.n(k), coverage, band, pointwise[k]));
    }
    return points;
  }

  private List<LengthProfile> lengths(ModelTally tally) {
    List<LengthProfile> lengths = new ArrayList<>();
    tally
        .byLength()
        .forEach((key, sums) -> {
          double rows = sums[ModelTally.ROWS];
          boolean impossible = sums[ModelTally.ZEROS] > 0;
          double nll = impossible ? Double.POSITIVE_INFINITY : sums[ModelTally.NLL];
          long from = key == 0 ? 0 : 1L << (key - 1);
          lengths.add(
              new LengthProfile(
                  from,
                  key == 0 ? 0 : 2 * from - 1,
                  Math.round(rows),
                  nll / rows,
                  nll / sums[ModelTally.TOKENS],
                  referenced
                      ? Arrays.stream(tally.uncovered(sums)).mapToObj(c -> c / rows).toList()
                      : List.of()));
        });
    return lengths;
  }
}
