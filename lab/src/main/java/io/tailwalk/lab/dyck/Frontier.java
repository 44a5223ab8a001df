package io.tailwalk.lab.dyck;

import io.tailwalk.lab.Measured;
import java.util.Comparator;
import java.util.List;

/**
 * Accuracy and diversity of every sampler at equal model tokens, on the axes of arXiv 2510.03149,
 * Fig. 1: the share of the returned responses that are valid, and the number of distinct valid
 * responses.
 *
 * <p>A sampler that corrects errors uses the verdict on a leaf as its value and returns valid
 * responses only. A baseline could hardly dominate it; but nor could it dominate a sampler that
 * returns one valid response and stops. So more is asked of a sampler that {@link #escapes} the
 * frontier of the baselines. What remains of a baseline if the verifier withholds its invalid
 * responses is shown beside ({@link #richer}).
 *
 * @param points points of all samplers
 */
record Frontier(List<Point> points) {
  /**
   * Number of standard errors from which a difference counts as significant: with eight runs on
   * each side, a true difference of 0 exceeds it once in 750 times, so hardly ever in a hundred
   * comparisons.
   */
  static final double TELLING = 4;

  /** Keeps a copy. */
  Frontier {
    points = List.copyOf(points);
  }

  /** The point of a sampler. */
  Point of(String label) {
    return points.stream()
        .filter(point -> point.entrant().label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no figures of " + label));
  }

  List<Point> baselines() {
    return points.stream().filter(point -> point.entrant().baseline()).toList();
  }

  /** The samplers that correct errors. */
  List<Point> ours() {
    return points.stream().filter(point -> !point.entrant().baseline()).toList();
  }

  /** The baselines that dominate a point. */
  List<Point> dominating(Point point) {
    return baselines().stream().filter(other -> dominates(other, point)).toList();
  }

  /** The baselines that a point dominates. */
  List<Point> dominatedBy(Point point) {
    return baselines().stream().filter(other -> dominates(point, other)).toList();
  }

  /** The baselines that no other baseline dominates. */
  List<Point> front() {
    return baselines().stream().filter(point -> dominating(point).isEmpty()).toList();
  }

  /**
   * Whether a point lies outside the frontier of the baselines: none dominates it; it dominates one
   * that no baseline dominates, or is more accurate than all of them; and it has more distinct
   * valid responses than best-of-n with any n, which uses no value of prefixes.
   */
  boolean escapes(Point point) {
    boolean inward = front().stream().anyMatch(other -> dominates(point, other));
    boolean upward =
        baselines().stream().allMatch(other -> compare(point.accuracy(), other.accuracy()) > 0);
    boolean diverse =
        baselines().stream()
            .filter(other -> other.entrant().family().equals(Entrant.BEST_OF_N))
            .allMatch(other -> compare(point.distinct(), other.distinct()) > 0);
    return dominating(point).isEmpty() && (inward || upward) && diverse;
  }

  /** The baselines with significantly more distinct valid responses than a point. */
  List<Point> richer(Point point) {
    return baselines().stream()
        .filter(other -> compare(other.distinct(), point.distinct()) > 0)
        .toList();
  }

  /** Accuracy of a point minus that of another. */
  static Measured accuracyOver(Point point, Point other) {
    return difference(point.accuracy(), other.accuracy());
  }

  /** Distinct valid responses of a point minus those of another. */
  static Measured distinctOver(Point point, Point other) {
    return difference(point.distinct(), other.distinct());
  }

  private static Measured difference(Measured one, Measured other) {
    return new Measured(
        one.value() - other.value(), Math.hypot(one.standardError(), other.standardError()));
  }

  /**
   * Whether one point dominates another: significantly better in accuracy or in the number of
   * distinct valid responses, and not significantly worse in the other.
   */
  static boolean dominates(Point one, Point other) {
    int accuracy = compare(one.accuracy(), other.accuracy());
    int distinct = compare(one.distinct(), other.distinct());
    return accuracy >= 0 && distinct >= 0 && accuracy + distinct > 0;
  }

  /** 1 if the first is significantly larger, -1 if it is significantly smaller, else 0. */
  static int compare(Measured one, Measured other) {
    Measured by = difference(one, other);
    boolean telling = Math.abs(by.value()) > TELLING * by.standardError();
    return telling ? (int) Math.signum(by.value()) : 0;
  }

  /** The baseline with the most distinct valid responses. */
  Point mostDistinct() {
    return baselines().stream()
        .max(Comparator.comparingDouble(point -> point.distinct().value()))
        .orElseThrow();
  }

  /** The baseline with the highest accuracy. */
  Point mostAccurate() {
    return baselines().stream()
        .max(Comparator.comparingDouble(point -> point.accuracy().value()))
        .orElseThrow();
  }
}
