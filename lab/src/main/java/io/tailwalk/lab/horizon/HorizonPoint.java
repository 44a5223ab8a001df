package io.tailwalk.lab.horizon;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A model at one step: each class is measured separately and averaged with its weight.
 *
 * @param step steps of training so far
 * @param weights weights of the classes
 * @param classes the measurements
 */
record HorizonPoint(long step, List<Double> weights, List<ClassPoint> classes) {
  /** Keeps copies. */
  HorizonPoint {
    weights = List.copyOf(weights);
    classes = List.copyOf(classes);
    if (weights.size() != classes.size()) {
      throw new IllegalArgumentException(weights.size() + " weights for " + classes.size());
    }
  }

  /** KL of the data from the model, nats per response. */
  double kl() {
    return sum(1, ClassPoint::kl);
  }

  /** {@code Cov_N} of the data by the model. */
  double coverage() {
    return sum(1, ClassPoint::coverage);
  }

  /** KL divided by coverage; NaN if coverage is 0. */
  double ratio() {
    return coverage() > 0 ? kl() / coverage() : Double.NaN;
  }

  /** Standard error of {@link #kl} over held-out prompts, nats. */
  double klError() {
    return Math.sqrt(sum(2, ClassPoint::klErrorSquared));
  }

  /** Standard error of {@link #coverage} over held-out prompts. */
  double coverageError() {
    return Math.sqrt(sum(2, ClassPoint::coverageErrorSquared));
  }

  private double sum(int power, ToDoubleFunction<ClassPoint> value) {
    double sum = 0;
    for (int c = 0; c < classes.size(); c++) {
      sum += Math.pow(weights.get(c), power) * value.applyAsDouble(classes.get(c));
    }
    return sum;
  }
}
