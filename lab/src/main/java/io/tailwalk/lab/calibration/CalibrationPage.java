package io.tailwalk.lab.calibration;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.report.Axis;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Prose;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import io.tailwalk.statistics.ClopperPearson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The figures of the experiment as a page. */
final class CalibrationPage {
  private static final NumberStyle THREE = NumberStyle.fixed(3);
  private static final NumberStyle WHOLE = NumberStyle.integer();

  private final List<CalibrationCell> cells;
  private final List<String> regimes;
  private final List<String> samplers;
  private final List<Integer> budgets;

  private CalibrationPage(List<CalibrationCell> cells) {
    this.cells = cells;
    this.regimes = distinct(cell -> cell.key().regime());
    this.samplers = distinct(cell -> cell.key().sampler());
    this.budgets = distinct(cell -> cell.key().budget()).stream().sorted().toList();
  }

  static List<Section> sections(
      CalibrationHeader header, List<CalibrationCell> cells, CalibrationVerdict verdict) {
    var page = new CalibrationPage(cells);
    List<Section> sections = new ArrayList<>();
    sections.add(
        Section.of("Verdict", new Prose(verdict.summary()), Prose.of(how(header), READING)));
    sections.add(Section.of("By sampler", page.bySampler(verdict)));
    for (int budget : page.budgets) {
      sections.add(Section.of("At " + budget, page.coveragePlot(budget), page.widthPlot(budget)));
    }
    page.samplers.forEach(sampler -> sections.add(Section.of(sampler, page.table(sampler))));
    return sections;
  }

  private static String how(CalibrationHeader header) {
    return String.format(
        Locale.ROOT,
        "%d runs per cell over %d random trees per regime, which are the same for all samplers,"
            + " with"
            + " Z from an exact recursion; seed %d, scale %s. Budgets limit expanded nodes and"
            + " model"
            + " tokens. At the full scale, a suspect cell (a p-value below 0.01) is measured again;"
            + " the fresh runs are then judged and shown.",
        header.repeats(),
        header.trees(),
        header.seed(),
        header.scale().wireName());
  }

  private static final String READING =
      "Entries: coverage (share of runs with the low end above Z / share with the high end below"
          + " Z);"
          + " a, share of ends that are asymptotic; o, share of runs with an open end, which counts"
          + " as containing Z on its side; k, share of runs that knew the complete tree; ×, median"
          + " ratio of the width to that of the former interval, over runs in which the former"
          + " interval contained Z and the tree was not known completely. The former interval is"
          + " that of weighted descents in version 0.1; it is judged only on request.";

  private <T> List<T> distinct(Function<CalibrationCell, T> part) {
    return cells.stream().map(part).distinct().toList();
  }

  private Table bySampler(CalibrationVerdict verdict) {
    record Row(String sampler, List<CalibrationCell> cells, boolean judged) {
      double most(ToDoubleFunction<Misses> share) {
        return cells.stream().map(CalibrationCell::shown).mapToDouble(share).max().orElse(0);
      }

      double lowestCoverage() {
        return cells.stream().mapToDouble(c -> c.shown().coverage()).min().orElse(1);
      }
    }
    List<Row> rows = new ArrayList<>();
    for (String sampler : samplers) {
      List<CalibrationCell> own =
          cells.stream().filter(c -> c.key().sampler().equals(sampler)).toList();
      rows.add(new Row(sampler, own, own.getFirst().judged()));
    }
    return Table.of("The worst cells of each sampler", rows)
        .text("sampler", row -> row.judged() ? row.sampler() : row.sampler() + " (not judged)")
        .whole("cells", row -> row.cells().size())
        .number("lowest coverage", THREE, Row::lowestCoverage)
        .number("most below", THREE, row -> row.most(Misses::shareBelow))
        .number("most above", THREE, row -> row.most(Misses::shareAbove))
        .whole("refuted cells", row -> row.judged() ? refuted(verdict, row.sampler()) : Double.NaN)
        .number(
            "most open, budgets from 600",
            THREE,
            row ->
                row.cells().stream()
                    .filter(c -> c.key().budget() >= CalibrationVerdict.FROM_BUDGET)
                    .mapToDouble(CalibrationCell::openShare)
                    .max()
                    .orElse(Double.NaN))
        .build();
  }

  private static long refuted(CalibrationVerdict verdict, String sampler) {
    return verdict.judged().stream()
        .filter(j -> j.refuted() && j.cell().key().sampler().equals(sampler))
        .count();
  }

  private Table table(String sampler) {
    return Table.of("Coverage of " + sampler + " by regime and budget", regimes)
        .text("regime", regime -> regime)
        .each(
            budgets,
            (table, budget) ->
                table.text("" + budget, regime -> entry(new CellKey(regime, sampler, budget))))
        .build();
  }

  private String entry(CellKey key) {
    return cells.stream()
        .filter(cell -> cell.key().equals(key))
        .findFirst()
        .map(CalibrationPage::entry)
        .orElse("–");
  }

  private static String entry(CalibrationCell cell) {
    Misses shown = cell.shown();
    double runs = cell.misses().runs();
    int asymptotic =
        cell.lowKinds().getOrDefault(EndKind.ASYMPTOTIC, 0)
            + cell.highKinds().getOrDefault(EndKind.ASYMPTOTIC, 0);
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%.3f (%.3f/%.3f) a%.2f",
            shown.coverage(),
            shown.shareBelow(),
            shown.shareAbove(),
            asymptotic / (2 * runs)));
    if (cell.open() > 0) {
      text.append(String.format(Locale.ROOT, " o%.2f", cell.openShare()));
    }
    if (cell.exact() > 0) {
      text.append(String.format(Locale.ROOT, " k%.2f", cell.exact() / runs));
    }
    if (!Double.isNaN(cell.formerRatio())) {
      text.append(" ×").append(NumberStyle.significant(2).format(cell.formerRatio()));
    }
    return text.toString();
  }

  private Plot coveragePlot(int budget) {
    return new Plot(
        "Coverage by regime at " + budget,
        "Share of intervals that contain the true value, with its 95% interval; it should be at"
            + " least 0.95. Regimes are in the order of the tables.",
        scatter(budget, Axis.linear("coverage", "").printed(THREE), CalibrationPage::coverage));
  }

  private Plot widthPlot(int budget) {
    return new Plot(
        "Width relative to the former interval at " + budget,
        "Median ratio of widths over runs in which the former interval contains the true value and"
            + " the tree is not known completely; below 1 is narrower.",
        scatter(
            budget,
            Axis.linear("width ratio", "").on(Axis.Scale.LOG10),
            cell -> Estimate.exactly(finite(cell.formerRatio()))));
  }

  private static double finite(double value) {
    return Double.isInfinite(value) ? Double.NaN : value;
  }

  private static Estimate coverage(CalibrationCell cell) {
    Misses shown = cell.shown();
    var ends = ClopperPearson.interval(shown.held(), shown.runs(), 0.05);
    return new Estimate(ends.low(), shown.coverage(), ends.high());
  }

  private Chart scatter(int budget, Axis y, Function<CalibrationCell, Estimate> value) {
    List<Chart.Cloud> clouds = new ArrayList<>();
    for (String sampler : samplers) {
      List<Chart.LabelledPoint> points = new ArrayList<>();
      for (CalibrationCell cell : cells) {
        if (cell.key().sampler().equals(sampler) && cell.key().budget() == budget) {
          String regime = cell.key().regime();
          points.add(
              new Chart.LabelledPoint(
                  regime, Estimate.exactly(regimes.indexOf(regime) + 1), value.apply(cell)));
        }
      }
      clouds.add(new Chart.Cloud(sampler, points));
    }
    return new Chart.Scatter(Axis.linear("regime", "").printed(WHOLE), y, clouds);
  }
}
