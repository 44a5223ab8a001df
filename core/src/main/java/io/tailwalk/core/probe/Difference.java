package io.tailwalk.core.probe;

import io.tailwalk.core.model.LogProbs;
import java.util.Locale;

/**
 * Difference between two next-token distributions.
 *
 * @param nats largest difference of a log-probability over the vocabulary
 * @param totalVariation half the sum of the differences of the probabilities, 0 .. 1
 */
record Difference(double nats, double totalVariation) {
  static final Difference NONE = new Difference(0, 0);

  static Difference of(LogProbs left, LogProbs right) {
    double largest = 0;
    double sum = 0;
    for (int token = 0; token < left.size(); token++) {
      double a = left.logProb(token);
      double b = right.logProb(token);
      if (a != b) {
        largest = Math.max(largest, Math.abs(a - b));
        sum += Math.abs(Math.exp(a) - Math.exp(b));
      }
    }
    return new Difference(largest, sum / 2);
  }

  /** The componentwise maximum of two differences. */
  Difference max(Difference other) {
    return new Difference(
        Math.max(nats, other.nats), Math.max(totalVariation, other.totalVariation));
  }

  String shown() {
    return String.format(
        Locale.ROOT, "largest difference %.2g nats, total variation %.2g", nats, totalVariation);
  }
}
