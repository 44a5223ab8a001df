package io.tailwalk.lab.ess;

import io.tailwalk.core.random.Streams;
import io.tailwalk.lab.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Whether the measurements support the two claims: the median speed-up is judged by its estimate
 * and by the lower end of its 95% interval, the rest by point estimates.
 *
 * @param medianSpeedup median speed-up over all cells
 * @param medianLow lower end of its 95% interval, by the percentile bootstrap over runs (Efron and
 *     Tibshirani 1993, chapter 13), asymptotic
 * @param medianHigh upper end
 * @param leastSpeedup least speed-up over the cells with a moderate error
 * @param largestRatio largest ratio of auto's error to the best rival's, over all cells
 * @param summary the figures, then the failures with their cells
 */
record EssVerdict(
    double medianSpeedup,
    double medianLow,
    double medianHigh,
    double leastSpeedup,
    double largestRatio,
    List<String> summary)
    implements Verdict {
  static final int MEDIAN_SPEEDUP = 10;
  static final int MEDIAN_LOW = 8;
  static final int LEAST_SPEEDUP = 4;
  static final double MODERATE_ERROR = 0.3;
  static final double LARGEST_RATIO = 1.25;

  /** Keeps a copy. */
  EssVerdict {
    summary = List.copyOf(summary);
  }

  private static final int BOOTSTRAPS = 1000;
  private static final double TAIL = 0.025;

  private static double medianSpeedup(List<CellResult> results) {
    double[] factors = results.stream().mapToDouble(r -> r.speedup().factor()).sorted().toArray();
    int middle = factors.length / 2;
    return factors.length % 2 == 1
        ? factors[middle]
        : Math.sqrt(factors[middle - 1] * factors[middle]);
  }

  /** Medians over resampled runs in ascending order; each cell is resampled independently. */
  private static double[] bootstrap(List<CellResult> results, long seed) {
    return IntStream.range(0, BOOTSTRAPS)
        .mapToDouble(replicate -> {
          RandomGenerator random = Streams.of(seed, replicate);
          return medianSpeedup(
              results.stream().map(result -> result.resampled(runs(result, random))).toList());
        })
        .sorted()
        .toArray();
  }

  private static int[] runs(CellResult result, RandomGenerator random) {
    int count = result.auto().trials().size();
    return random.ints(count, 0, count).toArray();
  }

  /**
   * The verdict.
   *
   * @param seed seed of the bootstrap
   */
  static EssVerdict of(List<CellResult> results, long seed) {
    double median = medianSpeedup(results);
    double[] medians = bootstrap(results, seed);
    double low = medians[(int) (TAIL * BOOTSTRAPS)];
    double high = medians[BOOTSTRAPS - 1 - (int) (TAIL * BOOTSTRAPS)];
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
            "auto reaches VGB's error with %.1f [%.1f, %.1f] times fewer nodes in the median cell"
                + " (95%% interval, asymptotic; required: %d, lower end %d), and with %.1f times"
                + " fewer in the worst cell with error <= %.1f, %s (required: %d)",
            median,
            low,
            high,
            MEDIAN_SPEEDUP,
            MEDIAN_LOW,
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
            closest.rival().map(rival -> rival.contender().label()).orElse("no rival"),
            closest.cell().name()));
    for (CellResult result : results) {
      summary.addAll(failures(result));
    }
    return new EssVerdict(
        median, low, high, slowest.speedup().factor(), closest.ratioToRival(), summary);
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
    return medianSpeedup >= MEDIAN_SPEEDUP
        && medianLow >= MEDIAN_LOW
        && leastSpeedup >= LEAST_SPEEDUP;
  }

  boolean unbeatenHolds() {
    return largestRatio <= LARGEST_RATIO;
  }

  @Override
  public boolean holds() {
    return fewerNodesHolds() && unbeatenHolds();
  }
}
