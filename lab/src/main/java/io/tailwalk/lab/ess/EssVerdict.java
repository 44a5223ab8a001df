package io.tailwalk.lab.ess;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Whether the two claims hold on what was measured, by the point estimates.
 *
 * @param medianSpeedup over all cells
 * @param leastSpeedup over the cells with a moderate error
 * @param largestRatio of auto's error to the best rival's, over all cells
 * @param summary what failed where, or the figures if nothing did
 */
record EssVerdict(
    double medianSpeedup, double leastSpeedup, double largestRatio, List<String> summary) {
  static final int MEDIAN_SPEEDUP = 10;
  static final int LEAST_SPEEDUP = 4;
  static final double MODERATE_ERROR = 0.3;
  static final double LARGEST_RATIO = 1.25;

  /** Keeps a copy. */
  EssVerdict {
    summary = List.copyOf(summary);
  }

  static EssVerdict of(List<CellResult> results) {
    double[] factors = results.stream().mapToDouble(r -> r.speedup().factor()).sorted().toArray();
    int middle = factors.length / 2;
    double median =
        factors.length % 2 == 1
            ? factors[middle]
            : Math.sqrt(factors[middle - 1] * factors[middle]);
    CellResult slowest =
        results.stream()
            .filter(EssVerdict::isModerate)
            .min(Comparator.comparingDouble(r -> r.speedup().factor()))
            .orElseThrow();
    CellResult closest =
        results.stream().max(Comparator.comparingDouble(CellResult::ratioToRival)).orElseThrow();
    List<String> summary = new ArrayList<>();
    summary.add(
        String.format(
            Locale.ROOT,
            "VGB's error with %.1f times fewer nodes in the median cell (wanted: %d),"
                + " %.1f in the worst with error <= %.1f, %s (wanted: %d)",
            median,
            MEDIAN_SPEEDUP,
            slowest.speedup().factor(),
            MODERATE_ERROR,
            slowest.cell().name(),
            LEAST_SPEEDUP));
    summary.add(
        String.format(
            Locale.ROOT,
            "auto's error is at most %.2f ± %.2f times the best consistent rival's"
                + " (allowed: %.2f), against %s in %s",
            closest.ratioToRival(),
            closest.rival().map(closest.auto()::ratioStandardError).orElse(0.0),
            LARGEST_RATIO,
            closest.rival().map(rival -> rival.contender().label()).orElse("nobody"),
            closest.cell().name()));
    for (CellResult result : results) {
      summary.addAll(failures(result));
    }
    return new EssVerdict(median, slowest.speedup().factor(), closest.ratioToRival(), summary);
  }

  private static boolean isModerate(CellResult result) {
    return result.cell().error() <= MODERATE_ERROR;
  }

  private static List<String> failures(CellResult result) {
    List<String> failures = new ArrayList<>();
    if (isModerate(result) && result.speedup().factor() < LEAST_SPEEDUP) {
      failures.add(
          String.format(
              Locale.ROOT,
              "fails in %s: only %.1f times fewer nodes",
              result.cell().name(),
              result.speedup().factor()));
    }
    for (Measurement rival : result.all()) {
      boolean counts = rival.contender().isConsistent() && !rival.contender().isAuto();
      if (counts && result.auto().ratioTo(rival) > LARGEST_RATIO) {
        failures.add(
            String.format(
                Locale.ROOT,
                "fails in %s: auto's error is %.2f ± %.2f times that of %s",
                result.cell().name(),
                result.auto().ratioTo(rival),
                result.auto().ratioStandardError(rival),
                rival.contender().label()));
      }
    }
    return failures;
  }

  boolean fewerNodesHolds() {
    return medianSpeedup >= MEDIAN_SPEEDUP && leastSpeedup >= LEAST_SPEEDUP;
  }

  boolean unbeatenHolds() {
    return largestRatio <= LARGEST_RATIO;
  }

  boolean holds() {
    return fewerNodesHolds() && unbeatenHolds();
  }
}
