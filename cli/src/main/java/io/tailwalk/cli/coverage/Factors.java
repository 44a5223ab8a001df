package io.tailwalk.cli.coverage;

import io.tailwalk.console.flags.Require;
import java.util.List;

/** Factors N from flags. */
final class Factors {
  private Factors() {}

  /**
   * The factors; refuses factors below 1.
   *
   * @param flag the name of the flag, for error messages
   */
  static double[] of(String flag, List<Double> factors) {
    for (double n : factors) {
      Require.that(n >= 1 && Double.isFinite(n), flag + " must be at least 1 and finite, got " + n);
    }
    return factors.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
