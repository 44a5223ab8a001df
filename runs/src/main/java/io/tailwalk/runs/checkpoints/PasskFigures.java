package io.tailwalk.runs.checkpoints;

import io.tailwalk.core.Plural;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.passk.CurvePoint;
import io.tailwalk.coverage.passk.PairedPoint;
import io.tailwalk.coverage.passk.RunCurves;
import io.tailwalk.records.RunRecord;
import io.tailwalk.report.Axis;
import io.tailwalk.report.Cell;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Column;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Prose;
import io.tailwalk.report.ReportPage;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import io.tailwalk.report.coverage.CoverageJson;
import io.tailwalk.report.coverage.CoveragePages;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The figures of {@code passk}.
 *
 * @param curves one a run
 * @param pairs differences of runs that can both be counted
 * @param delta error probability of each interval
 */
public record PasskFigures(List<Curves> curves, List<Pair> pairs, double delta) {
  private static final NumberStyle SHARE = NumberStyle.significant(4);
  private static final String COUNTED = "Counted points are unbiased.";
  private static final String FROM_MASS =
      "Points from success probabilities carry the ends of the prompts' intervals through 1 - (1 -"
          + " Z)^k. Where their value errs low or high, or its bias is unknown, rely on the ends. On"
          + " these prompts: the mean over just these, not over the distribution they were drawn from.";

  /** The curves of a run; Best-of-N, by the model's own log-probability, is empty if unknown. */
  record Curves(PassRun run, List<PassRun.Point> pass, List<CurvePoint> bestOfN) {}

  /** The first run less the second. */
  record Pair(String first, String second, List<PairedPoint> points) {}

  public static PasskFigures of(List<PassRun> runs, List<Long> ks, double delta, Interval rewards) {
    List<Curves> curves = new ArrayList<>();
    for (PassRun run : runs) {
      List<Long> counted = ks.stream().filter(k -> k <= run.countable()).toList();
      List<CurvePoint> bestOfN =
          run.counted()
              .filter(RunCurves::hasScores)
              .map(curve -> curve.bestOfN(counted, delta, rewards))
              .orElse(List.of());
      curves.add(new Curves(run, run.curve(ks, delta), bestOfN));
    }
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      for (int j = i + 1; j < runs.size(); j++) {
        PassRun first = runs.get(i);
        PassRun second = runs.get(j);
        long most = Math.min(first.countable(), second.countable());
        if (most > 0) {
          List<Long> both = ks.stream().filter(k -> k <= most).toList();
          RunCurves other = second.counted().orElseThrow();
          List<PairedPoint> points = first.counted().orElseThrow().minus(other, both, delta);
          pairs.add(new Pair(first.name(), second.name(), points));
        }
      }
    }
    return new PasskFigures(curves, pairs, delta);
  }

  public ObjectNode json(RunRecord record) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode runs = json.putArray("runs");
    for (Curves curve : curves) {
      ObjectNode run = runs.addObject().put("run", curve.run().name());
      run.put("countable_k", curve.run().countable());
      ArrayNode pass = run.putArray("pass_at_k");
      curve.pass().forEach(point -> point(pass, point.curve()).put("method", point.method().words));
      ArrayNode best = run.putArray("best_of_n");
      curve.bestOfN().forEach(point -> point(best, point));
    }
    ArrayNode all = json.putArray("pairs");
    for (Pair pair : pairs) {
      ObjectNode one = all.addObject().put("first", pair.first()).put("second", pair.second());
      ArrayNode points = one.putArray("points");
      for (PairedPoint point : pair.points()) {
        ObjectNode difference = points.addObject().put("k", point.k());
        difference.put("difference", point.difference());
        CoverageJson.ends(difference, "", point.interval());
        difference.put("better", point.better()).put("worse", point.worse());
      }
    }
    json.set("run", record.json());
    return json;
  }

  private static ObjectNode point(ArrayNode points, CurvePoint point) {
    ObjectNode json = points.addObject().put("k", point.k()).put("value", point.value());
    CoverageJson.ends(json, "", point.interval());
    json.put("bias", point.bias().wireName()).put("corrected_prompts", point.corrected());
    point.these().ifPresent(these -> CoverageJson.ends(json.putObject("these_prompts"), "", these));
    return json;
  }

  public List<Table> tables() {
    List<Table> tables = new ArrayList<>(List.of(passTable()));
    if (curves.stream().anyMatch(curve -> !curve.bestOfN().isEmpty())) {
      tables.add(bestTable());
    }
    if (!pairs.isEmpty()) {
      tables.add(pairTable());
    }
    return tables;
  }

  /** What the ends of pass@k are, and how far its values can be trusted, in a line. */
  public String words() {
    String ends = intervals(curves.stream().flatMap(PasskFigures::ends));
    boolean biased =
        curves.stream()
            .flatMap(curve -> curve.pass().stream())
            .anyMatch(point -> point.curve().bias().isOneSidedOrUnknown());
    return biased
        ? ends + " Where a value errs low or high, or its bias is unknown, rely on the ends."
        : ends;
  }

  private Table passTable() {
    boolean these =
        curves.stream()
            .flatMap(curve -> curve.pass().stream())
            .anyMatch(point -> point.curve().these().isPresent());
    List<Column> columns = new ArrayList<>();
    columns.add(new Column.Text("Run"));
    columns.add(new Column.Numeral("k", "", NumberStyle.integer()));
    columns.add(new Column.Interval("pass@k", "", SHARE));
    if (these) {
      columns.add(new Column.Interval("On these prompts", "", SHARE));
    }
    columns.add(new Column.Text("How"));
    List<List<Cell>> rows = new ArrayList<>();
    for (Curves curve : curves) {
      for (PassRun.Point point : curve.pass()) {
        CurvePoint at = point.curve();
        List<Cell> row = new ArrayList<>();
        row.add(Cell.of(curve.run().name()));
        row.add(Cell.of((double) at.k()));
        row.add(Cell.of(estimate(at.value(), at.interval())));
        if (these) {
          row.add(
              Cell.of(
                  at.these()
                      .map(interval -> estimate(at.value(), interval))
                      .orElse(Estimate.exactly(Double.NaN))));
        }
        row.add(Cell.of(how(point)));
        rows.add(row);
      }
    }
    return new Table("pass@k, mean over prompts. " + words(), columns, rows);
  }

  private static Stream<Interval> ends(Curves curve) {
    return curve.pass().stream().map(point -> point.curve().interval());
  }

  private static String how(PassRun.Point point) {
    CurvePoint at = point.curve();
    String corrected = at.corrected() == 0 ? "" : ", %d corrected".formatted(at.corrected());
    String bias = at.bias().words();
    return point.method().words + corrected + (bias.isEmpty() ? "" : ", " + bias);
  }

  /** One line on what the ends are. */
  private String intervals(Stream<Interval> ends) {
    String kinds = CoveragePages.kinds(ends);
    return kinds.equals(EndKind.CERTAIN.wireName())
        ? "Intervals: what is certain; so few prompts say nothing of others."
        : "Intervals: %s over prompts, %s (Gaffke's bound).".formatted(level(), kinds);
  }

  private String level() {
    MathContext digits = new MathContext(6);
    BigDecimal percent = new BigDecimal(100 * (1 - delta)).round(digits).stripTrailingZeros();
    return percent.toPlainString() + "%";
  }

  private Table bestTable() {
    List<List<Cell>> rows = new ArrayList<>();
    for (Curves curve : curves) {
      for (CurvePoint point : curve.bestOfN()) {
        rows.add(
            List.of(
                Cell.of(curve.run().name()),
                Cell.of((double) point.k()),
                Cell.of(estimate(point.value(), point.interval()))));
      }
    }
    return new Table(
        "Reward of the most probable of N samples, by the run's own log-probability. Intervals: %s over prompts, %s; give the range of the rewards where the verifier bounds them."
            .formatted(
                level(),
                CoveragePages.kinds(
                    curves.stream()
                        .flatMap(curve -> curve.bestOfN().stream())
                        .map(CurvePoint::interval))),
        List.of(
            new Column.Text("Run"),
            new Column.Numeral("N", "", NumberStyle.integer()),
            new Column.Interval("Best-of-N", "", SHARE)),
        rows);
  }

  private Table pairTable() {
    List<List<Cell>> rows = new ArrayList<>();
    for (Pair pair : pairs) {
      for (PairedPoint point : pair.points()) {
        rows.add(
            List.of(
                Cell.of(pair.first()),
                Cell.of(pair.second()),
                Cell.of((double) point.k()),
                Cell.of(estimate(point.difference(), point.interval())),
                Cell.of((double) point.better()),
                Cell.of((double) point.worse())));
      }
    }
    return new Table(
        "First run less second on the same prompts. "
            + intervals(
                pairs.stream().flatMap(pair -> pair.points().stream()).map(PairedPoint::interval)),
        List.of(
            new Column.Text("First"),
            new Column.Text("Second"),
            new Column.Numeral("k", "", NumberStyle.integer()),
            new Column.Interval("Difference of pass@k", "", SHARE),
            new Column.Numeral("Prompts better", "", NumberStyle.integer()),
            new Column.Numeral("Prompts worse", "", NumberStyle.integer())),
        rows);
  }

  public ReportPage page(RunRecord record) {
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of("pass@k", plot(), passTable(), Prose.of(COUNTED, FROM_MASS)));
    List<Table> tables = tables();
    for (Table table : tables.subList(1, tables.size())) {
      sections.add(Section.of(table.columns().size() > 3 ? "Runs compared" : "Best-of-N", table));
    }
    return new ReportPage("pass@k", Plural.of(curves.size(), "run"), sections, record);
  }

  private Plot plot() {
    List<Chart.Line> lines = new ArrayList<>();
    for (Curves curve : curves) {
      List<Chart.LinePoint> points =
          curve.pass().stream()
              .map(point ->
                  new Chart.LinePoint(
                      point.curve().k(), estimate(point.curve().value(), point.curve().interval())))
              .toList();
      lines.add(new Chart.Line(curve.run().name(), false, points));
    }
    return new Plot(
        "pass@k",
        "Probability that at least one of k draws passes, mean over prompts.",
        new Chart.Lines(
            Axis.linear("k", "draws").on(Axis.Scale.LOG10), Axis.linear("pass@k", ""), lines));
  }

  private static Estimate estimate(double value, Interval interval) {
    return new Estimate(Math.min(interval.low(), value), value, Math.max(interval.high(), value));
  }
}
