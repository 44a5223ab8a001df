package io.tailwalk.statistics;

import java.util.List;

/**
 * The content of a {@link BettingCapital}, to keep it in a file.
 *
 * @param logThreshold log of the capital that excludes a candidate
 * @param units the units in the order in which they came, equal ones together
 * @param lookedAt number of units when the capitals were last checked
 * @param low the lower end by then; {@code -inf} if open
 * @param high the upper end by then; {@code +inf} if open
 */
public record CapitalState(
    double logThreshold, List<Units> units, long lookedAt, double low, double high) {
  /** Keeps an immutable copy. */
  public CapitalState {
    units = List.copyOf(units);
  }

  /**
   * Equal units.
   *
   * @param a lower bound
   * @param y the value
   * @param b upper bound, {@code +inf} for none
   * @param count how many
   */
  public record Units(double a, double y, double b, long count) {}
}
