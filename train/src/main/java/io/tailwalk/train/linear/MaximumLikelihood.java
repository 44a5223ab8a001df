package io.tailwalk.train.linear;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Maximum likelihood over Theta. The log-likelihood is concave; it is maximised by projected
 * gradient steps with momentum, restarted if momentum points downhill (Nesterov 2013; O'Donoghue
 * and Candès 2015) and step lengths found by backtracking, until the gap of Frank and Wolfe proves
 * that no point of Theta is better by more than the tolerance.
 */
public final class MaximumLikelihood {
  private static final int MAX_STEPS = 200_000;

  private final Domain domain;
  private final double[] sum;
  private final Map<Cell, double[]> visits = new LinkedHashMap<>();
  private final double count;

  private MaximumLikelihood(FeatureMap features, Domain domain, Collection<Sequence> data) {
    this.domain = domain;
    this.sum = new double[features.dimension()];
    this.count = data.size();
    double[] nothing = new double[features.dimension()];
    for (Sequence sequence : data) {
      for (int h = 0; h < sequence.tokens().length; h++) {
        Cell cell = features.cell(sequence.prompt(), sequence.tokens(), h);
        cell.addGradient(sequence.tokens()[h], nothing, 1 / count, sum);
        visits.computeIfAbsent(cell, _ -> new double[1])[0] += 1 / count;
      }
    }
  }

  /**
   * Result of the maximisation.
   *
   * @param theta the estimate
   * @param logLikelihood its mean log-likelihood, nats per sequence
   * @param gap no point of Theta has a mean log-likelihood higher by more than this
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Fit(double[] theta, double logLikelihood, double gap) {}

  /**
   * Fits.
   *
   * @param data at least one sequence
   * @param start inside Theta; in directions without information in the data the estimate stays at
   *     this value
   * @param tolerance requested gap, nats per sequence, above 0
   * @throws IllegalStateException if the gap is not reached in 200,000 steps
   */
  public static Fit fit(
      FeatureMap features,
      Domain domain,
      Collection<Sequence> data,
      double[] start,
      double tolerance) {
    if (data.isEmpty() || !(tolerance > 0)) {
      throw new IllegalArgumentException("a fit needs data and a tolerance above 0");
    }
    return new MaximumLikelihood(features, domain, data).climb(start, tolerance);
  }

  private Fit climb(double[] start, double tolerance) {
    double[] theta = start.clone();
    double[] ahead = theta;
    double momentum = 1;
    double length = 1;
    for (int step = 0; step < MAX_STEPS; step++) {
      double[] uphill = gradient(theta);
      double gap = domain.gap(theta, uphill);
      if (gap <= tolerance) {
        return new Fit(theta, value(theta), Math.max(0, gap));
      }
      boolean atRest = momentum == 1;
      if (!atRest) {
        uphill = gradient(ahead);
      }
      double[] next = moved(ahead, uphill, length);
      while (!improvesAsPromised(ahead, uphill, next, length)) {
        length /= 2;
        next = moved(ahead, uphill, length);
      }
      length *= 1.1;
      if (!atRest && value(next) < value(theta)) {
        momentum = 1;
        ahead = theta;
      } else {
        double grown = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
        ahead = beyond(theta, next, (momentum - 1) / grown);
        momentum = grown;
        theta = next;
      }
    }
    throw new IllegalStateException(
        "maximum likelihood: gap still " + domain.gap(theta, gradient(theta)));
  }

  /** The point past {@code to} on the way from {@code from}; may lie outside Theta. */
  private static double[] beyond(double[] from, double[] to, double factor) {
    double[] point = to.clone();
    for (int i = 0; i < point.length; i++) {
      point[i] += factor * (to[i] - from[i]);
    }
    return point;
  }

  private double[] moved(double[] from, double[] uphill, double length) {
    double[] point = from.clone();
    for (int i = 0; i < point.length; i++) {
      point[i] += length * uphill[i];
    }
    domain.project(point);
    return point;
  }

  /**
   * {@code f(next) >= f(from) + <g, next - from> - |next - from|^2 / (2 length)}, up to rounding.
   */
  private boolean improvesAsPromised(double[] from, double[] g, double[] next, double length) {
    double linear = 0;
    double squares = 0;
    for (int i = 0; i < from.length; i++) {
      double d = next[i] - from[i];
      linear += g[i] * d;
      squares += d * d;
    }
    double base = value(from);
    double rounding = 1e-14 * (1 + Math.abs(base));
    return value(next) >= base + linear - squares / (2 * length) - rounding;
  }

  private double value(double[] theta) {
    double value = 0;
    for (int i = 0; i < sum.length; i++) {
      value += theta[i] * sum[i];
    }
    for (Map.Entry<Cell, double[]> entry : visits.entrySet()) {
      value -= entry.getValue()[0] * entry.getKey().logNormalizer(theta);
    }
    return value;
  }

  private double[] gradient(double[] theta) {
    double[] gradient = sum.clone();
    for (Map.Entry<Cell, double[]> entry : visits.entrySet()) {
      Cell cell = entry.getKey();
      double[] mean = cell.mean(cell.logProbs(theta));
      double weight = entry.getValue()[0];
      for (int i = 0; i < mean.length; i++) {
        gradient[cell.coordinate(i)] -= weight * mean[i];
      }
    }
    return gradient;
  }
}
