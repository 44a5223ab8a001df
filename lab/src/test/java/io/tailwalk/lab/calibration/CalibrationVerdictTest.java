package io.tailwalk.lab.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.lab.PrintedInterval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CalibrationVerdictTest {
  private static final Interval HOLDS = Interval.guaranteed(0.4, 0.6);
  private static final Interval TOO_HIGH = Interval.asymptotic(0.6, 0.7);
  private static final Interval TOO_LOW = Interval.asymptotic(0.3, 0.4);
  private static final Interval OPEN = Interval.asymptotic(0.4, Double.POSITIVE_INFINITY);

  private static PrintedInterval printed(Interval interval) {
    return new PrintedInterval(true, false, interval, 0.5);
  }

  private static List<PrintedInterval> runs(int holding, int count, Interval other) {
    List<PrintedInterval> runs = new ArrayList<>(Collections.nCopies(holding, printed(HOLDS)));
    runs.addAll(Collections.nCopies(count - holding, printed(other)));
    return runs;
  }

  private static CalibrationCell cell(String regime, int budget, List<PrintedInterval> runs) {
    List<PrintedInterval> former = Collections.nCopies(runs.size(), printed(HOLDS));
    return CalibrationCell.of(new CellKey(regime, "auto", budget), true, runs, former);
  }

  private static CalibrationVerdict verdict(CalibrationCell... cells) {
    return CalibrationVerdict.of(List.of(cells));
  }

  @Test
  void verdict_goodCells_holds() {
    CalibrationVerdict verdict =
        verdict(
            cell("mild-large", 600, runs(400, 400, HOLDS)),
            cell("deep-small", 24, runs(380, 400, TOO_HIGH)),
            cell("deep-large", 24, runs(300, 400, OPEN)));
    assertThat(verdict.holds()).isTrue();
    assertThat(verdict.judged().get(1).cell().misses()).isEqualTo(new Misses(400, 20, 0));
  }

  /** 362 of 400 has a p-value of 1.4e-4: refuted among ten cells, and not among a thousand. */
  @Test
  void verdict_coverageTooLow_failsUnlessThereAreVeryManyCells() {
    List<PrintedInterval> bad = runs(380, 400, TOO_HIGH);
    bad.subList(0, 18).clear();
    bad.addAll(Collections.nCopies(18, printed(TOO_LOW)));
    List<CalibrationCell> cells = new ArrayList<>(List.of(cell("deep-small", 24, bad)));
    for (int i = 0; i < 9; i++) {
      cells.add(cell("other-" + i, 24, runs(400, 400, HOLDS)));
    }
    assertThat(CalibrationVerdict.of(cells).coverageHolds()).isFalse();
    assertThat(CalibrationVerdict.of(cells).summary()).anyMatch(s -> s.contains("fails in deep"));
    for (int i = 9; i < 999; i++) {
      cells.add(cell("other-" + i, 24, runs(400, 400, HOLDS)));
    }
    assertThat(CalibrationVerdict.of(cells).coverageHolds()).isTrue();
  }

  /** 370 of 400 is no sign against 0.95 among ten cells, but 30 misses on one side are. */
  @Test
  void verdict_missesOnOneSide_fails() {
    CalibrationCell cell = cell("deep-small", 24, runs(368, 400, TOO_LOW));
    CalibrationVerdict verdict = verdict(cell);
    assertThat(verdict.judged().getFirst().above()).isLessThan(0.05);
    assertThat(verdict.judged().getFirst().below()).isEqualTo(1);
    assertThat(verdict.holds()).isFalse();
  }

  @Test
  void verdict_openEnds_countOnlyWhereTheBudgetIsLarge() {
    assertThat(verdict(cell("deep-large", 120, runs(0, 400, OPEN))).holds()).isTrue();
    CalibrationVerdict open = verdict(cell("deep-large", 600, runs(380, 400, OPEN)));
    assertThat(open.openHolds()).isFalse();
    assertThat(open.coverageHolds()).isTrue();
    assertThat(verdict(cell("deep-large", 600, runs(381, 400, OPEN))).holds()).isTrue();
  }

  @Test
  void verdict_autoWiderThanTheFormer_failsWhereWidthsAreCompared() {
    List<PrintedInterval> wide = runs(0, 400, Interval.guaranteed(0.38, 0.62));
    assertThat(verdict(cell("mild-large", 600, wide)).widthHolds()).isFalse();
    assertThat(verdict(cell("mild-large", 120, wide)).widthHolds()).isTrue();
    assertThat(verdict(cell("hidden-large", 600, wide)).widthHolds()).isTrue();
    List<PrintedInterval> little = runs(0, 400, Interval.guaranteed(0.4, 0.61));
    assertThat(verdict(cell("mild-large", 600, little)).widthHolds()).isTrue();
  }

  @Test
  void cell_comparesWhereTheFormerHoldsAndTheTreeIsNotKnown() {
    var known = new PrintedInterval(true, true, Interval.exactly(0.5), 0.5);
    List<PrintedInterval> runs =
        List.of(printed(Interval.guaranteed(0.4, 0.5)), printed(HOLDS), known, printed(OPEN));
    List<PrintedInterval> former =
        List.of(printed(HOLDS), printed(TOO_LOW), printed(HOLDS), printed(OPEN));
    var cell = CalibrationCell.of(new CellKey("a", "auto", 24), true, runs, former);
    assertThat(cell.formerRuns()).isEqualTo(2);
    assertThat(cell.formerRatio()).isCloseTo(0.75, within(1e-12));
    assertThat(cell.exact()).isEqualTo(1);
    assertThat(cell.open()).isEqualTo(1);
    assertThat(cell.width()).isCloseTo(0.4, within(1e-12));
    assertThat(cell.highKinds())
        .isEqualTo(
            Map.of(
                EndKind.CERTAIN, 1, EndKind.GUARANTEED, 2, EndKind.ASYMPTOTIC, 0, EndKind.OPEN, 1));
  }

  /** Ends that meet the truth up to rounding hold; a run without an interval is open. */
  @Test
  void printedInterval_atTheEdge_holds() {
    assertThat(printed(Interval.exactly(0.5 * (1 + 1e-12))).holds()).isTrue();
    assertThat(printed(Interval.exactly(0.5 * (1 + 1e-6))).missesBelow()).isTrue();
    PrintedInterval none = PrintedInterval.of(Optional.<Estimate>empty(), 0.5);
    assertThat(none.holds()).isTrue();
    assertThat(none.isOpen()).isTrue();
  }

  /** The p-value over both stages: fresh runs decide, at a price that the first stage has paid. */
  @Test
  void pValue_suspectCell_isThatOfTheFreshRuns() {
    CalibrationCell suspect = cell("deep-small", 24, runs(368, 400, TOO_LOW));
    assertThat(suspect.isSuspect()).isTrue();
    var good = new Misses(4_000, 0, 160);
    var bad = new Misses(4_000, 0, 240);
    assertThat(suspect.rechecked(good).pValue(Misses::abovePValue))
        .isCloseTo(0.02 * good.abovePValue(), within(1e-15));
    assertThat(verdict(suspect.rechecked(bad)).holds()).isFalse();
    assertThat(suspect.rechecked(good).shown()).isEqualTo(good);
    CalibrationCell hopeless = cell("deep-small", 24, runs(200, 400, TOO_LOW));
    assertThat(hopeless.isSuspect()).isFalse();
    assertThat(hopeless.pValue(Misses::coveragePValue))
        .isEqualTo(2 * hopeless.misses().coveragePValue());
    assertThat(cell("deep-small", 24, runs(400, 400, HOLDS)).isSuspect()).isFalse();
  }

  @Test
  void best_isTheNarrowestOfThoseNotRefuted() {
    CalibrationCell wide = cell("deep-small", 24, runs(400, 400, HOLDS));
    var key = new CellKey("deep-small", "smc", 24);
    List<PrintedInterval> narrow = runs(0, 400, Interval.asymptotic(0.55, 0.56));
    CalibrationCell wrong = CalibrationCell.of(key, true, narrow, narrow);
    assertThat(verdict(wide, wrong).best("deep-small", 24)).isCloseTo(0.4, within(1e-12));
    assertThat(verdict(wide, wrong).best("deep-small", 120)).isNaN();
  }
}
