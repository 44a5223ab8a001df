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
 * What a run knows of the success probability Z beside what its tree shows for certain, and how it
 * becomes one interval (docs/intervals.md):
 *
 * <ol>
 *   <li>certain ends, from the tree;
 *   <li>guaranteed ends: every unit with mean Z given the past enters one {@link BettingCapital} a
 *       side; or Clopper and Pearson's interval where the number of pass-or-fail draws was fixed;
 *   <li>asymptotic ends sharpen the guaranteed ones only where the latter confirm them.
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
   * Error probability of the two betting ends together. With the asymptotic ends' 1% it makes up
   * the 5% that the level leaves: the capitals come near their bound where draws are many.
   */
  private static final double GUARANTEED_DELTA = 0.04;

  /** Level of asymptotic intervals. */
  private static final double ASYMPTOTIC_LEVEL = 0.99;

  /** The guaranteed excess over the estimate may be at most so many times the asymptotic one. */
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
  private String method = "responses found";
  private double[] replicates = {};
  private boolean byModel;

  /** Evidence of nothing yet. */
  public Evidence() {}

  /**
   * The sampler's own point estimate.
   *
   * @param own {@code +inf} where weights are larger than any double
   * @param isUnbiased whether its expectation is Z at this budget; if not, its bias vanishes as the
   *     budget grows
   */
  public void estimate(double own, boolean isUnbiased, String howMade) {
    estimate(own, isUnbiased, Bias.CLAMPED, howMade);
  }

  /** The sampler's own point estimate, which errs high on average at any budget. */
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
   * Values far too high make weights beyond all doubles. As much as the largest reward will do:
   * what is cut off units of the lower end can only lower it, and no mean of rewards is larger.
   */
  private static double capped(double weight) {
    return Math.min(weight, Rewards.LARGEST);
  }

  /**
   * A unit that is not negative and has mean Z given the past, of which no bound is known.
   *
   * @param unit {@code +inf} where it is larger than any double
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
   * Draws of a check that passes or fails, as many as were wanted: Clopper and Pearson's interval
   * times the reward of a pass. A run that a limit might have cut before would have shown its
   * betting ends; both have to miss together in 5% at most.
   *
   * @param mayBeCut whether what was drawn could have ended the run before
   */
  public void fixedNumber(long passed, long draws, double reward, boolean mayBeCut) {
    double delta = mayBeCut ? 1 - LEVEL - GUARANTEED_DELTA : 1 - LEVEL;
    Interval share = ClopperPearson.interval(passed, draws, delta);
    fixedSize = Interval.guaranteed(reward * share.low(), reward * share.high());
  }

  /**
   * Independent values whose mean the sampler's own estimate is: i.i.d. draws, finished tours,
   * particle systems. They give its standard error. An asymptotic interval is made of draws of the
   * model alone: no spread of guided ones sees mass that the value hides.
   *
   * @param values not negative
   */
  public void replicates(double[] values) {
    replicates = Arrays.stream(values).map(Evidence::capped).toArray();
    byModel = false;
    standardError = Weights.standardError(replicates);
  }

  /**
   * Rewards of i.i.d. draws of the model itself, from which the sampler's own estimate is.
   *
   * @param rewards of the draws that an unbiased mean may take in
   */
  public void drawsOfModel(double[] rewards) {
    replicates(rewards);
    byModel = true;
  }

  /**
   * Plain draws beside the sampler's own work: they make the asymptotic interval, and their mean is
   * the estimate where the sampler has none.
   *
   * @param rewards of the draws that an unbiased mean may take in
   */
  public void plainDraws(double[] rewards) {
    if (rewards.length > 0 && Double.isNaN(value)) {
      estimate(Arrays.stream(rewards).average().orElse(0), true, "mean over plain draws");
    }
    drawsOfModel(rewards);
  }

  /** Units drawn from the frontier, and the probability that one goes by the model. */
  public FrontierUnits units() {
    return units;
  }

  /** Sets the probability that a frontier draw goes by the model. */
  public void plainShare(double share) {
    plainShare = share;
  }

  /** Probability that a frontier draw goes by the model. */
  public double plainShare() {
    return plainShare;
  }

  /** All units, for an interval together with units of another run. */
  public BettingCapital capital() {
    return capital;
  }

  /**
   * The interval.
   *
   * @param certain what the tree shows
   * @param exact whether the tree is known whole
   */
  public Estimate estimate(Interval certain, boolean exact) {
    if (exact) {
      // Ends are rounded outwards evenly, but for a number below the smallest double.
      double known = certain.low() == 0 ? 0 : (certain.low() + certain.high()) / 2;
      return Estimate.exactly(known, certain, "exact: the whole tree is known");
    }
    Interval guaranteed = certain.meet(fixedSize == null ? rounded(capital.interval()) : fixedSize);
    boolean byUnits = units.areEnough() || (units.size() > 0 && Double.isNaN(value));
    double point = byUnits ? units.value(plainShare) : Double.isNaN(value) ? certain.low() : value;
    Interval interval = confirmedBy(guaranteed).map(guaranteed::meet).orElse(guaranteed);
    double inside = Math.clamp(point, interval.low(), interval.high());
    return new Estimate(
        inside,
        byUnits ? units.standardError(plainShare) : standardError,
        interval,
        certain,
        guaranteed,
        LEVEL,
        byUnits ? Bias.CLAMPED : bias,
        byUnits ? "draws from the frontier" : method);
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
    return byModel
        && replicates.length >= ENOUGH_DRAWS
        && Weights.effectiveSize(replicates) >= ENOUGH_EFFECTIVE;
  }

  /** The asymptotic interval that a guaranteed one confirms: of the units, else of the draws. */
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
    Interval ofDraws = SkewedMean.interval(replicates, ASYMPTOTIC_LEVEL);
    double mean = Arrays.stream(replicates).average().orElse(0);
    return Optional.of(ofDraws).filter(interval -> confirmed(interval, guaranteed, mean));
  }

  /**
   * Condition G4: the guaranteed upper end lies at most twice as far above the estimate as the
   * asymptotic one. Nothing computed from weights sees mass hidden behind values too low; plain
   * draws do.
   */
  private static boolean confirmed(Interval asymptotic, Interval guaranteed, double point) {
    boolean overlap = asymptotic.low() < guaranteed.high() && guaranteed.low() < asymptotic.high();
    return overlap
        && guaranteed.highKind() != EndKind.OPEN
        && guaranteed.high() - point <= CONFIRMS * (asymptotic.high() - point);
  }

  /** What decides whether asymptotic ends are used, by name. */
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
