package io.tailwalk.lab.calibration;

import io.tailwalk.core.Plural;
import io.tailwalk.lab.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Whether intervals have their stated coverage, computed from the cells alone. The rule has three
 * parts. First, no test refutes that a cell's coverage is at least {@link Misses#COVERAGE} or that
 * the misses on a side are at most {@link Misses#ONE_SIDE}; the tests are one-sided exact binomial
 * tests with Holm's adjustment over all coverages and over all sides. Second, at budgets from
 * {@link #FROM_BUDGET}, a share of fewer than {@link #OPEN} of the runs has an open end, since
 * every regime declares a bound and knows its probabilities. Third, {@code auto}'s intervals are
 * not much wider than the former ones in runs in which those contained the true value, see {@link
 * #WIDTH}.
 *
 * @param judged the judged cells, with adjusted p-values
 * @param coverageHolds whether the first part holds
 * @param openHolds whether the second part holds
 * @param widthHolds whether the third part holds; true if the width was not measured
 * @param summary the figures, then the failures with their cells
 */
record CalibrationVerdict(
    List<Judged> judged,
    boolean coverageHolds,
    boolean openHolds,
    boolean widthHolds,
    List<String> summary)
    implements Verdict {
  /** The share of runs with an open end must be below this. */
  static final double OPEN = 0.05;

  /** The least budget at which open ends are judged, and the budget at which widths are. */
  static final int FROM_BUDGET = 600;

  /** Largest median ratio of auto's widths to the former ones. */
  static final double WIDTH = 1.1;

  private static final int FAILURES_SHOWN = 40;

  /** Keeps copies. */
  CalibrationVerdict {
    judged = List.copyOf(judged);
    summary = List.copyOf(summary);
  }

  /**
   * A cell with its p-values, adjusted over all cells.
   *
   * @param cell the cell
   * @param coverage p-value of sufficient coverage
   * @param below p-value of a low end that is rarely too high
   * @param above p-value of a high end that is rarely too low
   */
  record Judged(CalibrationCell cell, double coverage, double below, double above) {
    boolean coverageRefuted() {
      return coverage <= Holm.LEVEL;
    }

    boolean refuted() {
      return coverageRefuted() || below <= Holm.LEVEL || above <= Holm.LEVEL;
    }

    boolean tooOpen() {
      return cell.key().budget() >= FROM_BUDGET && cell.openShare() >= OPEN;
    }

    boolean widthCounts() {
      return Regimes.WIDTH_JUDGED.contains(cell.key().regime())
          && cell.key().sampler().equals("auto")
          && cell.key().budget() == FROM_BUDGET
          && cell.formerRuns() > 0;
    }

    boolean tooWide() {
      return widthCounts() && cell.formerRatio() > WIDTH;
    }
  }

  static CalibrationVerdict of(List<CalibrationCell> cells) {
    List<Judged> judged = judge(cells.stream().filter(CalibrationCell::judged).toList());
    List<String> summary = new ArrayList<>();
    summary.add(counts(judged));
    worst(judged, "lowest coverage", j -> j.cell().shown().coverage()).ifPresent(summary::add);
    worst(judged, "most low ends too high", j -> -j.cell().shown().shareBelow())
        .ifPresent(summary::add);
    worst(judged, "most high ends too low", j -> -j.cell().shown().shareAbove())
        .ifPresent(summary::add);
    judged.stream()
        .filter(Judged::widthCounts)
        .map(j ->
            String.format(
                Locale.ROOT,
                "width relative to the former interval in %s: %.2f (allowed: %.1f), over %s",
                j.cell().key(),
                j.cell().formerRatio(),
                WIDTH,
                Plural.of(j.cell().formerRuns(), "run")))
        .forEach(summary::add);
    List<String> failures = judged.stream().flatMap(j -> failures(j).stream()).toList();
    failures.stream().limit(FAILURES_SHOWN).forEach(summary::add);
    if (failures.size() > FAILURES_SHOWN) {
      summary.add(
          "and "
              + Plural.of(failures.size() - FAILURES_SHOWN, "more failure")
              + ", in the figures");
    }
    return new CalibrationVerdict(
        judged,
        judged.stream().noneMatch(Judged::refuted),
        judged.stream().noneMatch(Judged::tooOpen),
        judged.stream().noneMatch(Judged::tooWide),
        summary);
  }

  private static List<Judged> judge(List<CalibrationCell> cells) {
    int count = cells.size();
    double[] coverage = new double[count];
    double[] sides = new double[2 * count];
    for (int i = 0; i < count; i++) {
      coverage[i] = cells.get(i).pValue(Misses::coveragePValue);
      sides[2 * i] = cells.get(i).pValue(Misses::belowPValue);
      sides[2 * i + 1] = cells.get(i).pValue(Misses::abovePValue);
    }
    coverage = Holm.adjusted(coverage);
    sides = Holm.adjusted(sides);
    List<Judged> judged = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      judged.add(new Judged(cells.get(i), coverage[i], sides[2 * i], sides[2 * i + 1]));
    }
    return judged;
  }

  private static String counts(List<Judged> judged) {
    long runs = judged.stream().mapToLong(j -> j.cell().misses().runs()).sum();
    return String.format(
        Locale.ROOT,
        "%s, %s; coverage or a side refuted in %d, open ends too frequent in %d; %s measured again",
        Plural.of(judged.size(), "cell"),
        Plural.of(runs, "run"),
        judged.stream().filter(Judged::refuted).count(),
        judged.stream().filter(Judged::tooOpen).count(),
        Plural.of(judged.stream().filter(j -> j.cell().recheck().isPresent()).count(), "cell"));
  }

  private static Optional<String> worst(
      List<Judged> judged, String what, ToDoubleFunction<Judged> rank) {
    return judged.stream()
        .min(Comparator.comparingDouble(rank))
        .map(j ->
            String.format(
                Locale.ROOT,
                "%s: %.3f, in %s (%s)",
                what,
                Math.abs(rank.applyAsDouble(j)),
                j.cell().key(),
                Plural.of(j.cell().shown().runs(), "run")));
  }

  private static List<String> failures(Judged judged) {
    List<String> failures = new ArrayList<>();
    CalibrationCell cell = judged.cell();
    if (judged.refuted()) {
      Misses shown = cell.shown();
      failures.add(
          String.format(
              Locale.ROOT,
              "fails in %s: contains Z in %.3f of %s, low end too high in %.3f, high end too low"
                  + " in %.3f",
              cell.key(),
              shown.coverage(),
              Plural.of(shown.runs(), "run"),
              shown.shareBelow(),
              shown.shareAbove()));
    }
    if (judged.tooOpen()) {
      failures.add(
          String.format(
              Locale.ROOT,
              "fails in %s: %.3f of runs have an open end",
              cell.key(),
              cell.openShare()));
    }
    if (judged.tooWide()) {
      failures.add(
          String.format(
              Locale.ROOT,
              "fails in %s: %.2f times as wide as the former interval",
              cell.key(),
              cell.formerRatio()));
    }
    return failures;
  }

  @Override
  public boolean holds() {
    return coverageHolds && openHolds && widthHolds;
  }

  /**
   * The narrowest median width in a regime at a budget among the samplers whose intervals are not
   * refuted there; NaN if there is no such sampler.
   */
  double best(String regime, int budget) {
    return judged.stream()
        .filter(j -> j.cell().key().regime().equals(regime) && j.cell().key().budget() == budget)
        .filter(j -> !j.refuted() && !Double.isNaN(j.cell().width()))
        .mapToDouble(j -> j.cell().width())
        .min()
        .orElse(Double.NaN);
  }
}
