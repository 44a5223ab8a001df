package io.tailwalk.lab.dyck;

import io.tailwalk.lab.Measured;
import java.util.Comparator;
import java.util.List;

/**
 * Accuracy and diversity of every sampler at equal model tokens.
 *
 * <p>Accuracy is that of what a sampler hands over. Samplers that come back from errors meet the
 * verdict on a leaf as its value, and hand over valid responses only; so a baseline could dominate
 * them in one way alone, by being as accurate and more diverse. Hence a second question that
 * accuracy does not decide: the verifier may also stand at the end of a baseline, at no model
 * token, and withhold what is not valid. Then all are accurate and what is left is the number of
 * distinct valid responses, in which a baseline must not be ahead ({@link #richer}).
 *
 * @param points of all samplers, auto among them
 */
record Frontier(List<Point> points) {
  /**
   * Standard errors of a difference from which it counts: with eight runs a side a difference of
   * nothing exceeds them once in 750 times, so in a hundred comparisons hardly ever.
   */
  static final double TELLING = 4;

  /** Keeps a copy. */
  Frontier {
    points = List.copyOf(points);
  }

  Point auto() {
    return points.stream()
        .filter(point -> point.entrant().label().equals(Entrant.AUTO))
        .findFirst()
        .orElseThrow();
  }

  List<Point> baselines() {
    return points.stream().filter(point -> point.entrant().baseline()).toList();
  }

  /** The baselines that dominate auto. */
  List<Point> dominating() {
    return baselines().stream().filter(point -> dominates(point, auto())).toList();
  }

  /**
   * The baselines with tellingly more distinct valid responses: they would dominate auto if the
   * verifier withheld what is not valid.
   */
  List<Point> richer() {
    return baselines().stream()
        .filter(point -> compare(point.distinct(), auto().distinct()) > 0)
        .toList();
  }

  /** By how much auto is more accurate than a point. */
  Measured accuracyOver(Point point) {
    return difference(auto().accuracy(), point.accuracy());
  }

  /** How many more distinct valid responses auto has than a point. */
  Measured distinctOver(Point point) {
    return difference(auto().distinct(), point.distinct());
  }

  private static Measured difference(Measured one, Measured other) {
    return new Measured(
        one.value() - other.value(), Math.hypot(one.standardError(), other.standardError()));
  }

  /** The baselines that auto dominates. */
  List<Point> dominated() {
    return baselines().stream().filter(point -> dominates(auto(), point)).toList();
  }

  /**
   * Whether one point dominates another: tellingly better in accuracy or in the number of distinct
   * valid responses, and not tellingly worse in the other.
   */
  static boolean dominates(Point one, Point other) {
    int accuracy = compare(one.accuracy(), other.accuracy());
    int distinct = compare(one.distinct(), other.distinct());
    return accuracy >= 0 && distinct >= 0 && accuracy + distinct > 0;
  }

  /** 1 where the first is tellingly larger, -1 where it is tellingly smaller, else 0. */
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
