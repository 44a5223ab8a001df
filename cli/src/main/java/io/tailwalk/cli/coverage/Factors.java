package io.tailwalk.cli.coverage;

import io.tailwalk.cli.InputException;
import io.tailwalk.coverage.CoverageException;
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
    try {
      return NGrid.of(factors.stream().mapToDouble(Double::doubleValue).toArray());
    } catch (CoverageException e) {
      throw new InputException(flag + ": " + e.getMessage(), e);
    }
  }
}
