package io.tailwalk.lab.dyck;

import io.tailwalk.lab.Measured;
import java.util.Comparator;
import java.util.List;

/**
 * Accuracy and diversity of every sampler at equal model tokens.
 *
 * <p>Accuracy is that of the responses that a sampler returns. Samplers that correct errors use the
 * verdict on a leaf as its value and return only valid responses; a baseline could therefore
 * dominate them only by being as accurate and more diverse. A second comparison does not depend on
 * accuracy: the verifier may also filter the responses of a baseline, at no cost in model tokens.
 * All samplers are then accurate, and a baseline must not have more distinct valid responses
 * ({@link #richer}).
 *
 * @param points points of all samplers, including auto
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
   * The baselines with significantly more distinct valid responses: they would dominate auto if the
   * verifier withheld their invalid responses.
   */
  List<Point> richer() {
    return baselines().stream()
        .filter(point -> compare(point.distinct(), auto().distinct()) > 0)
        .toList();
  }

  /** Accuracy of auto minus that of a point. */
  Measured accuracyOver(Point point) {
    return difference(auto().accuracy(), point.accuracy());
  }

  /** Distinct valid responses of auto minus those of a point. */
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
