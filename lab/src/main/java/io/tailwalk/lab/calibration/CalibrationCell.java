package io.tailwalk.lab.calibration;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.lab.PrintedInterval;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What was measured in one cell.
 *
 * @param key which
 * @param judged whether the verdict depends on it
 * @param misses of the first runs
 * @param recheck of the fresh runs of a suspect cell; they stand for the first
 * @param silent runs that printed no interval; their ends count as open
 * @param open runs with an open end
 * @param exact runs that knew the tree whole
 * @param lowKinds how low ends were known
 * @param highKinds how high ends were known
 * @param width median of the width over Z, over runs that did not know the tree whole; NaN if none
 * @param formerRatio median ratio of the width to the former interval's, over such runs in which
 *     that held the truth; NaN if none
 * @param formerRuns how many those are
 */
record CalibrationCell(
    CellKey key,
    boolean judged,
    Misses misses,
    Optional<Misses> recheck,
    int silent,
    int open,
    int exact,
    Map<EndKind, Integer> lowKinds,
    Map<EndKind, Integer> highKinds,
    double width,
    double formerRatio,
    int formerRuns) {
  /** A p-value below which a cell is measured again. */
  static final double SUSPECT = 0.01;

  /** A p-value below which that would be a waste. */
  static final double HOPELESS = 1e-8;

  /** Keeps copies. */
  CalibrationCell {
    lowKinds = Map.copyOf(lowKinds);
    highKinds = Map.copyOf(highKinds);
  }

  /**
   * The cell of a sampler's runs; run i of the former interval had the tree and number of run i.
   */
  static CalibrationCell of(
      CellKey key, boolean judged, List<PrintedInterval> outcomes, List<PrintedInterval> former) {
    double[] widths =
        outcomes.stream()
            .filter(o -> !o.exact())
            .mapToDouble(PrintedInterval::relativeWidth)
            .toArray();
    double[] ratios = new double[outcomes.size()];
    int compared = 0;
    for (int i = 0; i < ratios.length; i++) {
      if (!outcomes.get(i).exact() && former.get(i).holds()) {
        ratios[compared++] = ratio(outcomes.get(i), former.get(i));
      }
    }
    return new CalibrationCell(
        key,
        judged,
        Misses.of(outcomes),
        Optional.empty(),
        (int) outcomes.stream().filter(o -> !o.printed()).count(),
        (int) outcomes.stream().filter(PrintedInterval::isOpen).count(),
        (int) outcomes.stream().filter(PrintedInterval::exact).count(),
        kinds(outcomes, o -> o.interval().lowKind()),
        kinds(outcomes, o -> o.interval().highKind()),
        median(widths),
        median(Arrays.copyOf(ratios, compared)),
        compared);
  }

  private static Map<EndKind, Integer> kinds(
      List<PrintedInterval> outcomes, Function<PrintedInterval, EndKind> kind) {
    Map<EndKind, Integer> counts = new EnumMap<>(EndKind.class);
    outcomes.forEach(outcome -> counts.merge(kind.apply(outcome), 1, Integer::sum));
    return counts;
  }

  /** Where both are infinitely wide, or both without width, neither is the wider. */
  private static double ratio(PrintedInterval outcome, PrintedInterval former) {
    double width = outcome.relativeWidth();
    double other = former.relativeWidth();
    return width == other ? 1 : width / other;
  }

  /** NaN without values. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    boolean even = sorted.length % 2 == 0;
    return even && sorted[middle - 1] < sorted[middle]
        ? (sorted[middle - 1] + sorted[middle]) / 2
        : sorted[middle];
  }

  /** The same with fresh runs. */
  CalibrationCell rechecked(Misses fresh) {
    return new CalibrationCell(
        key,
        judged,
        misses,
        Optional.of(fresh),
        silent,
        open,
        exact,
        lowKinds,
        highKinds,
        width,
        formerRatio,
        formerRuns);
  }

  /** The same, judged or not. */
  CalibrationCell judging(boolean isJudged) {
    return new CalibrationCell(
        key,
        isJudged,
        misses,
        recheck,
        silent,
        open,
        exact,
        lowKinds,
        highKinds,
        width,
        formerRatio,
        formerRuns);
  }

  /** Whether fresh runs are due. */
  boolean isSuspect() {
    return judged
        && (isSuspect(misses.coveragePValue())
            || isSuspect(misses.belowPValue())
            || isSuspect(misses.abovePValue()));
  }

  private static boolean isSuspect(double pValue) {
    return pValue >= HOPELESS && pValue < SUSPECT;
  }

  /**
   * The p-value of a test over both stages. Of a true hypothesis the first is below SUSPECT with
   * probability at most SUSPECT, independent of the fresh runs; the factor 2 pays for looking at
   * HOPELESS too.
   */
  double pValue(Function<Misses, Double> test) {
    double first = test.apply(misses);
    if (first < HOPELESS) {
      return 2 * first;
    }
    return isSuspect(first)
        ? recheck.map(fresh -> 2 * SUSPECT * test.apply(fresh)).orElse(first)
        : first;
  }

  /** The misses to show: of the fresh runs where there are any. */
  Misses shown() {
    return recheck.orElse(misses);
  }

  /** Share of runs with an open end. */
  double openShare() {
    return (double) open / misses.runs();
  }

  /** Whether its sampler prints an interval at all. */
  boolean speaks() {
    return silent < misses.runs();
  }
}
