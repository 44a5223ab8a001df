package io.tailwalk.lab.dyck;

import io.tailwalk.lab.Measured;
import java.util.Comparator;
import java.util.List;

/**
 * Accuracy and diversity of every sampler at equal model tokens.
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
    double error = Math.hypot(one.standardError(), other.standardError());
    double difference = one.value() - other.value();
    return Math.abs(difference) > TELLING * error ? (int) Math.signum(difference) : 0;
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
