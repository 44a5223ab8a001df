package io.tailwalk.cli.coverage;

import io.tailwalk.cli.Require;
import io.tailwalk.coverage.NGrid;
import java.util.List;

/** Factors N as flags give them. */
final class Factors {
  private Factors() {}

  /**
   * A grid of the given factors.
   *
   * @param flag its name, for complaints
   */
  static NGrid grid(String flag, List<Double> factors) {
    for (double n : factors) {
      Require.that(n >= 1 && Double.isFinite(n), flag + " must be at least 1 and finite, got " + n);
    }
    return NGrid.of(factors.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
