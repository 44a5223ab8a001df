package io.tailwalk.core.tree;

/**
 * A sum of numbers that are given by their logarithms, with Neumaier's compensation. It is stored
 * in units that change if the numbers are far from 1, so that a sum of numbers each too small for a
 * double, or near the largest double, keeps its digits.
 */
final class LogSum {
  /** Distance from the unit, in nats, that leaves room for very many terms on either side. */
  static final double FAR = 500;

  private double logUnit;
  private double sum;
  private double lost;

  /** Adds {@code exp(log)}; {@code -inf} adds nothing. */
  void add(double log) {
    if (log == Double.NEGATIVE_INFINITY) {
      return;
    }
    if (sum == 0) {
      logUnit = Math.abs(log) > FAR ? log : 0;
    } else if (log - logUnit > FAR) {
      double factor = Math.exp(logUnit - log);
      sum *= factor;
      lost *= factor;
      logUnit = log;
    }
    double more = Math.exp(log - logUnit);
    double next = sum + more;
    lost += sum >= more ? sum - next + more : more - next + sum;
    sum = next;
  }

  /** Whether no positive number was added, however small. */
  boolean isZero() {
    return sum == 0;
  }

  /** The sum; 0 if it is smaller than any double. */
  double value() {
    return outOfUnits(sum + lost, logUnit);
  }

  /** A sum in units of {@code exp(logUnit)} as a double; one in units of 1 keeps every digit. */
  static double outOfUnits(double inUnits, double logUnit) {
    return logUnit == 0 || inUnits == 0 ? inUnits : Math.exp(logUnit + Math.log(inUnits));
  }
}
