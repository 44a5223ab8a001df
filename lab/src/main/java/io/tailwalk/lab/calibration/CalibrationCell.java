package io.tailwalk.lab.calibration;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.lab.PrintedInterval;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What was measured in one cell.
 *
 * @param key regime, sampler and budget
 * @param judged whether the verdict depends on the cell
 * @param misses misses of the first runs
 * @param recheck misses of the fresh runs of a suspect cell; they replace the first runs
 * @param silent runs that printed no interval; their ends count as open
 * @param open runs with an open end
 * @param exact runs that knew the complete tree
 * @param lowKinds number of low ends of each kind
 * @param highKinds number of high ends of each kind
 * @param width median width over Z of the runs that did not know the complete tree; NaN if none
 * @param formerRatio median ratio of the width to the former interval's, over such runs in which
 *     the former interval contained the true value; NaN if none
 * @param formerRuns number of these runs
 */
record CalibrationCell(
    @JsonUnwrapped CellKey key,
    boolean judged,
    @JsonUnwrapped Misses misses,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Misses> recheck,
    @JsonProperty("without_interval") int silent,
    int open,
    int exact,
    Map<EndKind, Integer> lowKinds,
    Map<EndKind, Integer> highKinds,
    double width,
    double formerRatio,
    int formerRuns) {
  /** A p-value below which a cell is measured again. */
  static final double SUSPECT = 0.01;

  /** A p-value below which a second measurement would be a waste. */
  static final double HOPELESS = 1e-8;

  /** Keeps copies, with a number for every kind. */
  CalibrationCell {
    lowKinds = ofEveryKind(lowKinds);
    highKinds = ofEveryKind(highKinds);
  }

  private static Map<EndKind, Integer> ofEveryKind(Map<EndKind, Integer> counts) {
    Map<EndKind, Integer> all = new EnumMap<>(EndKind.class);
    for (EndKind kind : EndKind.values()) {
      all.put(kind, counts.getOrDefault(kind, 0));
    }
    return Collections.unmodifiableMap(all);
  }

  /**
   * The cell of a sampler's runs; run i of the former interval has the same tree and seed as run i.
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

  /** The ratio is 1 if both are infinitely wide or both have no width. */
  private static double ratio(PrintedInterval outcome, PrintedInterval former) {
    double width = outcome.relativeWidth();
    double other = former.relativeWidth();
    return width == other ? 1 : width / other;
  }

  /** The median; NaN without values. */
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

  /** The cell with fresh runs. */
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

  /** The cell, judged or not. */
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

  /** Whether the cell needs fresh runs. */
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
   * The p-value of a test over both stages. Under a true hypothesis the first p-value is below
   * SUSPECT with probability at most SUSPECT, independently of the fresh runs; the factor 2
   * accounts for the additional comparison with HOPELESS.
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

  /** The misses to show: those of the fresh runs if there are any. */
  Misses shown() {
    return recheck.orElse(misses);
  }

  /** Share of runs with an open end. */
  double openShare() {
    return (double) open / misses.runs();
  }

  /** Whether the sampler printed an interval in any run. */
  boolean speaks() {
    return silent < misses.runs();
  }
}
