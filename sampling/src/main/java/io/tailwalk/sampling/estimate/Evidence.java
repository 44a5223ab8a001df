package io.tailwalk.sampling.estimate;

import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.interval.Rounding;
import io.tailwalk.core.verify.Rewards;
import io.tailwalk.statistics.BettingCapital;
import io.tailwalk.statistics.ClopperPearson;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of a run about the success probability Z, in addition to the certain bounds of its
 * tree, and its combination into one interval (docs/intervals.md):
 *
 * <ol>
 *   <li>certain ends, from the tree;
 *   <li>guaranteed ends: every unit with mean Z given the past enters one {@link BettingCapital}
 *       per side; or Clopper and Pearson's interval if the number of pass-or-fail draws was fixed;
 *   <li>asymptotic ends sharpen the guaranteed ones only if the latter confirm them.
 * </ol>
 */
public final class Evidence {
  /** Nominal coverage used throughout. */
  public static final double LEVEL = 0.95;

  /**
   * Name of the sampler's own point estimate among the diagnostics, before it is moved into the
   * interval.
   */
  public static final String OWN_ESTIMATE = "own_estimate";

  /** Whether the own estimate's expectation is Z at this budget: 1 or 0, among the diagnostics. */
  public static final String OWN_UNBIASED = "own_estimate_unbiased";

  /**
   * Error probability of the two betting ends together. Together with the 1% of the asymptotic ends
   * it adds up to the 5% of the level: with many draws the capitals come near their bound.
   */
  private static final double GUARANTEED_DELTA = 0.04;

  /** Level of asymptotic intervals. */
  private static final double ASYMPTOTIC_LEVEL = 0.99;

  /** Largest ratio of the guaranteed to the asymptotic excess over the estimate. */
  private static final double CONFIRMS = 2;

  private static final int ENOUGH_DRAWS = 20;
  private static final double ENOUGH_EFFECTIVE = 10;

  private final BettingCapital capital = new BettingCapital(GUARANTEED_DELTA);
  private final FrontierUnits units = new FrontierUnits();
  private double plainShare = 1;
  private @Nullable Interval fixedSize;
  private double value = Double.NaN;
  private double standardError = Double.NaN;
  private Bias bias = Bias.LOW;
  private boolean unbiased;

  /** Weight of the own estimate beside frontier units, fixed before these; NaN if none was. */
  private double fixedShare = Double.NaN;

  private double ownRelativeVariance = Double.NaN;

  private String method = "responses found";
  private double[] replicates = {};
  private double[] drawnByModel = {};
  private boolean hasOtherDraws;

  /** Evidence of nothing yet. */
  public Evidence() {}

  /**
   * The sampler's own point estimate.
   *
   * @param own {@code +inf} if weights are larger than any double
   * @param isUnbiased whether its expectation is Z at this budget; if not, its bias vanishes as the
   *     budget grows
   */
  public void estimate(double own, boolean isUnbiased, String howMade) {
    estimate(own, isUnbiased, Bias.CLAMPED, howMade);
  }

  /** The sampler's own point estimate, which is biased upwards at any budget. */
  public void highEstimate(double own, String howMade) {
    estimate(own, false, Bias.HIGH, howMade);
  }

  private void estimate(double own, boolean isUnbiased, Bias itsBias, String howMade) {
    value = capped(own);
    unbiased = isUnbiased;
    bias = itsBias;
    method = howMade;
  }

  /**
   * Sets the weight of the own estimate in a mean with the frontier units. Without it, the units
   * alone are the estimate if there are enough. That depends on what they found: if the own
   * estimate is noisy, choosing between the two biases the result, which a weight that was fixed
   * before does not.
   *
   * @param share in [0, 1], from what was known before the units; 1 leaves the units to the
   *     interval
   * @param relativeVariance expected relative variance of the own estimate; NaN if unknown
   */
  public void besideUnits(double share, double relativeVariance) {
    fixedShare = share;
    ownRelativeVariance = relativeVariance;
  }

  /**
   * Limits weights to the largest reward, because values that are far too high give weights beyond
   * all doubles. Truncated units can only lower the lower end, and no mean of rewards is larger.
   */
  private static double capped(double weight) {
    return Math.min(weight, Rewards.LARGEST);
  }

  /**
   * A non-negative unit with mean Z given the past and without a known bound.
   *
   * @param unit {@code +inf} if it is larger than any double
   */
  public void addUnbounded(double unit) {
    capital.add(0, capped(unit), Double.POSITIVE_INFINITY);
  }

  /**
   * A unit with mean Z given the past, between bounds known before it.
   *
   * @param high {@code +inf} for none
   */
  public void addBounded(double low, double unit, double high) {
    capital.add(low, unit, high);
  }

  /**
   * The requested number of draws of a check that passes or fails: Clopper and Pearson's interval
   * times the reward of a pass. A run that a limit might have cut earlier would have reported its
   * betting ends; both together may miss in at most 5%.
   *
   * @param mayBeCut whether the draws could have ended the run earlier
   */
  public void fixedNumber(long passed, long draws, double reward, boolean mayBeCut) {
    double delta = mayBeCut ? 1 - LEVEL - GUARANTEED_DELTA : 1 - LEVEL;
    Interval share = ClopperPearson.interval(passed, draws, delta);
    fixedSize = Interval.guaranteed(reward * share.low(), reward * share.high());
  }

  /**
   * Independent values whose mean is the sampler's own estimate: i.i.d. draws, finished tours,
   * particle systems. They determine its standard error. An asymptotic interval uses draws of the
   * model alone: the spread of guided draws does not show probability that the value hides.
   *
   * @param values not negative
   */
  public void replicates(double[] values) {
    replicates = capped(values);
    standardError = Weights.standardError(replicates);
  }

  /**
   * Rewards of i.i.d. draws of the model itself, the basis of the sampler's own estimate.
   *
   * @param rewards of the draws that an unbiased mean may include
   */
  public void drawsOfModel(double[] rewards) {
    replicates(rewards);
    drawnByModel = replicates;
  }

  /**
   * Plain draws in addition to the sampler's own: they determine the asymptotic interval, and their
   * mean and its standard error are those of the estimate if the sampler has none. An interval of
   * theirs that does not contain the sampler's own estimate is not used.
   *
   * @param rewards of the draws that an unbiased mean may include
   */
  public void plainDraws(double[] rewards) {
    if (Double.isNaN(value)) {
      if (rewards.length > 0) {
        estimate(Arrays.stream(rewards).average().orElse(0), true, "mean over plain draws");
      }
      replicates(rewards);
    } else {
      hasOtherDraws = true;
    }
    drawnByModel = capped(rewards);
  }

  private static double[] capped(double[] weights) {
    return Arrays.stream(weights).map(Evidence::capped).toArray();
  }

  /** Units drawn from the frontier, and the probability that a draw follows the model. */
  public FrontierUnits units() {
    return units;
  }

  /** Sets the probability that a frontier draw follows the model. */
  public void plainShare(double share) {
    plainShare = share;
  }

  /** Probability that a frontier draw follows the model. */
  public double plainShare() {
    return plainShare;
  }

  /** All units, for a joint interval with units of another run. */
  public BettingCapital capital() {
    return capital;
  }

  /**
   * The interval.
   *
   * @param certain the certain bounds of the tree
   * @param exact whether the tree is known completely
   */
  public Estimate estimate(Interval certain, boolean exact) {
    if (exact) {
      // Ends are rounded outwards evenly, except for a number below the smallest double.
      double known = certain.low() == 0 ? 0 : (certain.low() + certain.high()) / 2;
      return Estimate.exactly(known, certain, "exact: the whole tree is known");
    }
    Interval guaranteed = certain.meet(fixedSize == null ? rounded(capital.interval()) : fixedSize);
    double share = shareOfOwn();
    double point = point(share, certain.low());
    double inside = Math.clamp(point, guaranteed.low(), guaranteed.high());
    // An asymptotic interval without the estimate is one of other draws that contradict it.
    Interval interval =
        confirmedBy(guaranteed)
            .filter(sharper -> sharper.contains(inside))
            .map(guaranteed::meet)
            .orElse(guaranteed);
    return new Estimate(
        inside,
        standardError(share),
        interval,
        certain,
        guaranteed,
        LEVEL,
        share < 1 ? Bias.CLAMPED : bias,
        method(share));
  }

  /** Weight of the own estimate in the point estimate; the frontier units have the rest. */
  private double shareOfOwn() {
    if (units.size() == 0) {
      return 1;
    }
    if (Double.isNaN(value)) {
      return 0;
    }
    return Double.isNaN(fixedShare) ? (units.areEnough() ? 0 : 1) : fixedShare;
  }

  private double point(double share, double certainLow) {
    double own = Double.isNaN(value) ? certainLow : value;
    if (share == 1) {
      return own;
    }
    double drawn = units.value(plainShare);
    return share == 0 ? drawn : share * own + (1 - share) * drawn;
  }

  private double standardError(double share) {
    if (share == 1) {
      return standardError;
    }
    double ofUnits = units.standardError(plainShare);
    if (share == 0) {
      return ofUnits;
    }
    double ofOwn = share * value * Math.sqrt(ownRelativeVariance);
    return Double.isFinite(ofOwn) ? Math.hypot(ofOwn, (1 - share) * ofUnits) : Double.NaN;
  }

  private String method(double share) {
    String draws = "draws from the frontier";
    return share == 1 ? method : share == 0 ? draws : method + " and " + draws;
  }

  /** Ends of a non-negative number, rounded outwards: units are sums with rounding of their own. */
  static Interval rounded(Interval ends) {
    Interval nonNegative = ends.meet(Interval.NON_NEGATIVE);
    return new Interval(
        Rounding.down(nonNegative.low(), Rounding.RELATIVE),
        nonNegative.lowKind(),
        Rounding.up(nonNegative.high(), Rounding.RELATIVE),
        nonNegative.highKind());
  }

  private boolean drawsAreEnough() {
    return drawnByModel.length >= ENOUGH_DRAWS
        && Weights.effectiveSize(drawnByModel) >= ENOUGH_EFFECTIVE;
  }

  /**
   * The asymptotic interval that a guaranteed one confirms: from the units, otherwise from the
   * draws.
   */
  private Optional<Interval> confirmedBy(Interval guaranteed) {
    if (fixedSize != null) {
      return Optional.empty();
    }
    if (units.areEnough()) {
      Interval ofUnits = units.asymptotic(plainShare);
      if (confirmed(ofUnits, guaranteed, units.value(plainShare))) {
        return Optional.of(ofUnits);
      }
    }
    if (!drawsAreEnough()) {
      return Optional.empty();
    }
    Interval ofDraws = SkewedMean.interval(drawnByModel, ASYMPTOTIC_LEVEL);
    double mean = Arrays.stream(drawnByModel).average().orElse(0);
    return Optional.of(ofDraws).filter(interval -> confirmed(interval, guaranteed, mean));
  }

  /**
   * Condition G4: the distance of the guaranteed upper end from the estimate is at most twice that
   * of the asymptotic one. Weights do not show probability hidden by values that are too low; plain
   * draws do.
   */
  private static boolean confirmed(Interval asymptotic, Interval guaranteed, double point) {
    boolean overlap = asymptotic.low() < guaranteed.high() && guaranteed.low() < asymptotic.high();
    return overlap
        && guaranteed.highKind() != EndKind.OPEN
        && guaranteed.high() - point <= CONFIRMS * (asymptotic.high() - point);
  }

  /** The conditions that decide whether asymptotic ends are used, by name. */
  public Map<String, Double> diagnostics() {
    Map<String, Double> counts = new LinkedHashMap<>();
    if (!Double.isNaN(value)) {
      counts.put(OWN_ESTIMATE, value);
      counts.put(OWN_UNBIASED, unbiased ? 1.0 : 0.0);
    }
    if (units.size() > 0) {
      counts.put("frontier_draws", (double) units.size());
      counts.put("frontier_effective_draws", units.effectiveSize());
      counts.put("frontier_plain_effective_draws", units.plainEffectiveSize());
      counts.put("frontier_largest_share", units.largestShare());
      double shape = units.paretoShape();
      if (!Double.isNaN(shape)) {
        counts.put("pareto_shape", shape);
      }
    } else if (replicates.length > 0) {
      if (hasOtherDraws && drawnByModel.length > 0) {
        counts.put("plain_draws", (double) drawnByModel.length);
      }
      counts.put("replicates", (double) replicates.length);
      counts.put("largest_share", Weights.largestShare(replicates));
      double shape = Weights.paretoShape(replicates);
      if (!Double.isNaN(shape)) {
        counts.put("pareto_shape", shape);
      }
    }
    return counts;
  }
}
