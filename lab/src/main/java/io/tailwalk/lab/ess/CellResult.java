package io.tailwalk.lab.ess;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was measured in one cell.
 *
 * @param cell the setting
 * @param all every sampler at the full budget, auto first
 * @param curve auto at falling budgets, the full one first
 */
record CellResult(DyckCell cell, List<Measurement> all, List<Measurement> curve) {
  /** Keeps copies. */
  CellResult {
    all = List.copyOf(all);
    curve = List.copyOf(curve);
  }

  /** The cell over runs resampled from its own; the pairing between samplers is preserved. */
  CellResult resampled(int[] runs) {
    return new CellResult(
        cell,
        all.stream().map(measured -> measured.resampled(runs)).toList(),
        curve.stream().map(measured -> measured.resampled(runs)).toList());
  }

  Measurement auto() {
    return all.getFirst();
  }

  /** The form of VGB with the least error. */
  Measurement vgb() {
    return all.stream()
        .filter(measured -> measured.contender().isVgb())
        .min(Comparator.comparingDouble(Measurement::rmse))
        .orElseThrow();
  }

  /** The consistent sampler other than auto with the least error. */
  Optional<Measurement> rival() {
    return all.stream()
        .filter(measured -> measured.contender().isConsistent() && !measured.contender().isAuto())
        .min(Comparator.comparingDouble(Measurement::rmse));
  }

  /** Auto's error divided by that of the best rival. */
  double ratioToRival() {
    return rival().map(rival -> auto().ratioTo(rival)).orElse(0.0);
  }

  /** How many times fewer nodes auto needs for VGB's error. */
  Speedup speedup() {
    return Speedup.of(curve, vgb().rmse(), cell.nodes());
  }
}
