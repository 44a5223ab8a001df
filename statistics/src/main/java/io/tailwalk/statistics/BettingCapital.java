package io.tailwalk.statistics;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A confidence sequence for the common conditional mean Z of a sequence of units. Unit t has ends
 * {@code A_t <= Y_t <= B_t} that are fixed by the past, and {@code E[Y_t | past] = Z}. Two capitals
 * bet against a candidate m:
 *
 * <ul>
 *   <li>below: {@code K_n(m) = sum_j p_j prod_t (1 - c_j + c_j (Y_t - A_t)/(m - A_t))}, for m above
 *       every {@code A_t};
 *   <li>above: {@code J_n(m) = sum_j p_j prod_t (1 - c_j + c_j (B_t - Y_t)/(B_t - m))}, for m below
 *       every {@code B_t}.
 * </ul>
 *
 * <p>At {@code m = Z} both are non-negative martingales that begin at 1, so the probability that
 * one of them ever reaches {@code 2/delta} is at most {@code delta/2} (Ville 1939). Candidates for
 * which this has happened are excluded: the interval holds at level {@code 1 - delta} at all n at
 * once, hence at any stopping time. K falls and J rises in m, so each end is found by bisection.
 * Bets on the mean: Waudby-Smith and Ramdas 2024 (JRSS B 86, arXiv 2010.09686); mixtures of fixed
 * bets: Orabona and Jun 2021 (arXiv 2110.14099).
 *
 * <p>The lower end needs no upper bound: units with {@code B_t = +inf} contribute only to the lower
 * end.
 */
public final class BettingCapital {
  private static final double[] LOWER_BETS = {.95, .5, .2, .05, .01, .003};
  private static final double[] LOWER_WEIGHTS = {.19, .19, .19, .19, .19, .05};
  private static final double[] UPPER_BETS = {.999, .5, .25, .1, .03, .01, .003};
  private static final double[] UPPER_WEIGHTS = {.5, .095, .095, .095, .095, .095, .025};

  /** Number of units up to which the capitals are checked after each unit; later every 5%. */
  private static final int EACH = 32;

  private static final double SPACING = 1.05;
  private static final int BISECTIONS = 60;
  private static final double FINEST = 1e-18;

  /** Relative precision of an end, which is rounded outwards. */
  private static final double PRECISION = 1e-7;

  /**
   * Below this range units are multiples of the smallest double with too few digits to bet on, and
   * the ends remain open.
   */
  private static final double LEAST_RANGE = 1e-304;

  private final double logThreshold;

  /** Equal units are counted together: a product does not depend on their order. */
  private final Map<Unit, Long> units = new LinkedHashMap<>();

  private long size;
  private long lookedAt;
  private double largestA = Double.NEGATIVE_INFINITY;
  private double smallestB = Double.POSITIVE_INFINITY;
  private double largestY = Double.NEGATIVE_INFINITY;
  private double smallestY = Double.POSITIVE_INFINITY;
  private double low = Double.NEGATIVE_INFINITY;
  private double high = Double.POSITIVE_INFINITY;

  private record Unit(double a, double y, double b) {}

  /** All that is known of the units, for a file; see {@link #of(CapitalState)}. */
  public CapitalState state() {
    List<CapitalState.Units> all = new ArrayList<>();
    units.forEach((unit, count) -> all.add(new CapitalState.Units(unit.a, unit.y, unit.b, count)));
    return new CapitalState(logThreshold, all, lookedAt, low, high);
  }

  /** The capital with a state; equal to the one that had it. */
  public static BettingCapital of(CapitalState state) {
    var capital = new BettingCapital(state.logThreshold(), state);
    capital.lookedAt = state.lookedAt();
    capital.low = state.low();
    capital.high = state.high();
    return capital;
  }

  private BettingCapital(double logThreshold, CapitalState state) {
    this.logThreshold = logThreshold;
    for (CapitalState.Units each : state.units()) {
      units.put(new Unit(each.a(), each.y(), each.b()), each.count());
      size += each.count();
      largestA = Math.max(largestA, each.a());
      smallestB = Math.min(smallestB, each.b());
      largestY = Math.max(largestY, each.y());
      smallestY = each.b() < Double.POSITIVE_INFINITY ? Math.min(smallestY, each.y()) : smallestY;
    }
  }

  /**
   * Without units.
   *
   * @param delta error probability of the two ends together, in (0, 1)
   */
  public BettingCapital(double delta) {
    if (!(delta > 0 && delta < 1)) {
      throw new IllegalArgumentException("delta must lie strictly between 0 and 1, got " + delta);
    }
    this.logThreshold = Math.log(2 / delta);
  }

  /**
   * Adds a unit. A value outside its bounds by no more than rounding is moved to them.
   *
   * @param a lower bound of the unit, known before it, finite
   * @param y the unit
   * @param b upper bound of the unit, known before it; {@code +inf} for none
   * @throws IllegalArgumentException if the unit lies outside its bounds, so that they are not
   *     bounds and all bets on them are invalid
   */
  public void add(double a, double y, double b) {
    take(a, y, b);
    if (size <= EACH || size >= SPACING * lookedAt) {
      look();
    }
  }

  /**
   * Like {@link #add}, but without checking the capitals, so that the order of units has no effect.
   */
  void take(double a, double y, double b) {
    double slack = 1e-9 * Math.max(Math.abs(a), Math.abs(y)) + Double.MIN_NORMAL;
    if (!(a - slack <= y && y <= b + slack) || !Double.isFinite(a) || !Double.isFinite(y)) {
      throw new IllegalArgumentException(
          "a unit of " + y + " lies outside its bounds [" + a + ", " + b + "]");
    }
    double inside = Math.clamp(y, a, b);
    units.merge(new Unit(a, inside, b), 1L, Long::sum);
    size++;
    largestA = Math.max(largestA, a);
    smallestB = Math.min(smallestB, b);
    largestY = Math.max(largestY, inside);
    smallestY = b < Double.POSITIVE_INFINITY ? Math.min(smallestY, inside) : smallestY;
  }

  /**
   * The capital of these units and those of another run that is independent of this one, or that
   * came after it: the product of the two, at the same error probability. It is checked once, with
   * all units.
   */
  public BettingCapital with(BettingCapital other) {
    var together = new BettingCapital(2 * Math.exp(-logThreshold));
    for (BettingCapital part : List.of(this, other)) {
      part.units.forEach((unit, count) -> together.units.merge(unit, count, Long::sum));
      together.size += part.size;
      together.largestA = Math.max(together.largestA, part.largestA);
      together.smallestB = Math.min(together.smallestB, part.smallestB);
      together.largestY = Math.max(together.largestY, part.largestY);
      together.smallestY = Math.min(together.smallestY, part.smallestY);
    }
    return together;
  }

  /** The same units at a different error probability, checked once with all of them. */
  public BettingCapital at(double delta) {
    var empty = new BettingCapital(delta);
    return empty.with(this);
  }

  /** Units so far. */
  public long size() {
    return size;
  }

  /**
   * The interval so far; an end without evidence is open.
   *
   * <p>If the two ends cross, the bets have excluded every mean, which has a probability of at most
   * delta. The interval is then the range between them, so that it never has width zero.
   */
  public Interval interval() {
    if (lookedAt < size) {
      look();
    }
    return Interval.of(Math.min(low, high), Math.max(low, high), EndKind.GUARANTEED);
  }

  /** Whether the other has seen the same units and has the same ends. */
  @Override
  public boolean equals(Object other) {
    return other instanceof BettingCapital that
        && logThreshold == that.logThreshold
        && units.equals(that.units)
        && low == that.low
        && high == that.high;
  }

  @Override
  public int hashCode() {
    return units.hashCode();
  }

  private void look() {
    lookedAt = size;
    lookBelow();
    lookAbove();
  }

  private void lookBelow() {
    double range = largestY - largestA;
    if (!(range > LEAST_RANGE)) {
      return;
    }
    double from = Math.max(low, largestA);
    if (from > largestA && logLower(from) < logThreshold) {
      return;
    }
    // The capital is too small at largestY (every factor is at most 1 there) and falls in m.
    double outside = Math.max(from - largestA, FINEST * range);
    if (outside >= range || logLower(largestA + outside) < logThreshold) {
      return;
    }
    double inside = range;
    for (int step = 0; step < BISECTIONS && inside > outside * (1 + PRECISION); step++) {
      double middle = Math.sqrt(inside) * Math.sqrt(outside);
      if (logLower(largestA + middle) >= logThreshold) {
        outside = middle;
      } else {
        inside = middle;
      }
    }
    low = Math.max(low, largestA + outside);
  }

  private void lookAbove() {
    double range = smallestB - smallestY;
    if (!(range > LEAST_RANGE) || range == Double.POSITIVE_INFINITY) {
      return;
    }
    double from = Math.min(high, smallestB);
    if (from < smallestB && logUpper(from) < logThreshold) {
      return;
    }
    double outside = Math.min(from - smallestY, range * (1 - 1e-12));
    if (!(outside > 0) || logUpper(smallestY + outside) < logThreshold) {
      return;
    }
    double inside = Math.min(FINEST * range, outside);
    for (int step = 0; step < BISECTIONS && outside > inside * (1 + PRECISION); step++) {
      double middle = Math.sqrt(inside) * Math.sqrt(outside);
      if (logUpper(smallestY + middle) >= logThreshold) {
        outside = middle;
      } else {
        inside = middle;
      }
    }
    high = Math.min(high, smallestY + outside);
  }

  private double logLower(double m) {
    var logs = new LogProducts(LOWER_BETS);
    units.forEach((unit, count) -> logs.add((unit.y - unit.a) / (m - unit.a) - 1, count));
    return logMixture(logs.sums(), LOWER_WEIGHTS);
  }

  private double logUpper(double m) {
    var logs = new LogProducts(UPPER_BETS);
    units.forEach((unit, count) -> {
      if (unit.b < Double.POSITIVE_INFINITY) {
        logs.add((m - unit.y) / (unit.b - m), count);
      }
    });
    return logMixture(logs.sums(), UPPER_WEIGHTS);
  }

  private static double logMixture(double[] logs, double[] weights) {
    double max = Double.NEGATIVE_INFINITY;
    for (double log : logs) {
      max = Math.max(max, log);
    }
    double sum = 0;
    for (int j = 0; j < logs.length; j++) {
      sum += weights[j] * Math.exp(logs[j] - max);
    }
    return max + Math.log(sum);
  }
}
