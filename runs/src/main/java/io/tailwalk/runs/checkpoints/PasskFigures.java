package io.tailwalk.runs.checkpoints;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.core.Plural;
import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.passk.CurvePoint;
import io.tailwalk.coverage.passk.PairedPoint;
import io.tailwalk.coverage.passk.RunCurves;
import io.tailwalk.records.Json;
import io.tailwalk.records.RunRecord;
import io.tailwalk.report.Axis;
import io.tailwalk.report.Chart;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Plot;
import io.tailwalk.report.Prose;
import io.tailwalk.report.ReportPage;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import io.tailwalk.report.coverage.CoveragePages;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The figures of {@code passk}.
 *
 * @param curves curves, one entry per run
 * @param pairs differences of runs that can both be counted
 * @param delta error probability of each interval
 */
public record PasskFigures(List<Curves> curves, List<Pair> pairs, double delta) {
  private static final NumberStyle SHARE = NumberStyle.significant(4);
  private static final String COUNTED = "Counted points are unbiased.";
  private static final String FROM_SUCCESS_PROBABILITY =
      "Points from success probabilities map the ends of the prompts' intervals through 1 - (1 -"
          + " Z)^k. If a value is biased low or high, or its bias is unknown, rely on the ends. On"
          + " these prompts: the mean over these prompts alone, not over the distribution they were"
          + " drawn from.";

  /**
   * The curves of a run.
   *
   * @param run the run
   * @param pass pass@k, one point per number of draws
   * @param bestOfN reward of the most probable of N samples by the model's own log-probability;
   *     empty if the log-probabilities are unknown
   */
  public record Curves(PassRun run, List<PassRun.Point> pass, List<CurvePoint> bestOfN) {}

  /**
   * The differences of pass@k of two runs on the same prompts.
   *
   * @param first name of the first run
   * @param second name of the second run
   * @param points the first run minus the second, one point per number of draws
   */
  public record Pair(String first, String second, List<PairedPoint> points) {}

  /** Computes the curves of all runs, and the differences of counted runs. */
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

  /** The figures as JSON. */
  public ObjectNode json(RunRecord record) {
    return Json.of(
        new Form(
            curves.stream().map(RunForm::of).toList(),
            pairs.stream().map(PairForm::of).toList(),
            record));
  }

  private record Form(List<RunForm> runs, List<PairForm> pairs, RunRecord run) {}

  private record RunForm(
      String run, long countableK, List<MethodForm> passAtK, List<PointForm> bestOfN) {
    static RunForm of(Curves curves) {
      return new RunForm(
          curves.run().name(),
          curves.run().countable(),
          curves.pass().stream()
              .map(point -> new MethodForm(PointForm.of(point.curve()), point.method().words))
              .toList(),
          curves.bestOfN().stream().map(PointForm::of).toList());
    }
  }

  private record MethodForm(@JsonUnwrapped PointForm point, String method) {}

  private record PointForm(
      long k,
      double value,
      @JsonUnwrapped Interval interval,
      Bias bias,
      int correctedPrompts,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Interval> thesePrompts) {
    static PointForm of(CurvePoint point) {
      return new PointForm(
          point.k(),
          point.value(),
          point.interval(),
          point.bias(),
          point.corrected(),
          point.these());
    }
  }

  private record PairForm(String first, String second, List<DifferenceForm> points) {
    static PairForm of(Pair pair) {
      return new PairForm(
          pair.first(), pair.second(), pair.points().stream().map(DifferenceForm::of).toList());
    }
  }

  private record DifferenceForm(
      long k, double difference, @JsonUnwrapped Interval interval, long better, long worse) {
    static DifferenceForm of(PairedPoint point) {
      return new DifferenceForm(
          point.k(), point.difference(), point.interval(), point.better(), point.worse());
    }
  }

  /** The tables: pass@k, Best-of-N if known, and differences of runs if there are several. */
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

  /** One line on the kinds of the ends of pass@k and on the bias of its values. */
  public String words() {
    String ends = intervals(curves.stream().flatMap(PasskFigures::ends));
    boolean biased =
        curves.stream()
            .flatMap(curve -> curve.pass().stream())
            .anyMatch(point -> point.curve().bias().isOneSidedOrUnknown());
    return biased
        ? ends + " If a value is biased low or high, or its bias is unknown, rely on the ends."
        : ends;
  }

  private Table passTable() {
    record Row(String run, PassRun.Point point, CurvePoint at) {}
    List<Row> rows = new ArrayList<>();
    for (Curves curve : curves) {
      curve.pass().forEach(point -> rows.add(new Row(curve.run().name(), point, point.curve())));
    }
    var table =
        Table.of("pass@k, mean over prompts. " + words(), rows)
            .text("Run", Row::run)
            .whole("k", row -> row.at().k())
            .interval("pass@k", SHARE, row -> estimate(row.at().value(), row.at().interval()));
    if (rows.stream().anyMatch(row -> row.at().these().isPresent())) {
      table.interval(
          "On these prompts",
          SHARE,
          row ->
              row.at()
                  .these()
                  .map(interval -> estimate(row.at().value(), interval))
                  .orElse(Estimate.UNKNOWN));
    }
    return table.text("How", row -> how(row.point())).build();
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

  /** One line on the kinds of the ends. */
  private String intervals(Stream<Interval> ends) {
    String kinds = CoveragePages.kinds(ends);
    return kinds.equals(EndKind.CERTAIN.wireName())
        ? "Intervals: certain ends only; this few prompts show nothing about other prompts."
        : "Intervals: %s over prompts, %s (Gaffke's bound).".formatted(level(), kinds);
  }

  private String level() {
    MathContext digits = new MathContext(6);
    BigDecimal percent = new BigDecimal(100 * (1 - delta)).round(digits).stripTrailingZeros();
    return percent.toPlainString() + "%";
  }

  private Table bestTable() {
    record Row(String run, CurvePoint point) {}
    List<Row> rows = new ArrayList<>();
    for (Curves curve : curves) {
      curve.bestOfN().forEach(point -> rows.add(new Row(curve.run().name(), point)));
    }
    return Table.of(
            "Reward of the most probable of N samples, by the run's own log-probability. Intervals: %s over prompts, %s; give the range of the rewards if the verifier bounds them."
                .formatted(
                    level(), CoveragePages.kinds(rows.stream().map(row -> row.point().interval()))),
            rows)
        .text("Run", Row::run)
        .whole("N", row -> row.point().k())
        .interval("Best-of-N", SHARE, row -> estimate(row.point().value(), row.point().interval()))
        .build();
  }

  private Table pairTable() {
    record Row(Pair pair, PairedPoint point) {}
    List<Row> rows = new ArrayList<>();
    for (Pair pair : pairs) {
      pair.points().forEach(point -> rows.add(new Row(pair, point)));
    }
    return Table.of(
            "First run minus second run on the same prompts. "
                + intervals(rows.stream().map(row -> row.point().interval())),
            rows)
        .text("First", row -> row.pair().first())
        .text("Second", row -> row.pair().second())
        .whole("k", row -> row.point().k())
        .interval(
            "Difference of pass@k",
            SHARE,
            row -> estimate(row.point().difference(), row.point().interval()))
        .whole("Prompts better", row -> row.point().better())
        .whole("Prompts worse", row -> row.point().worse())
        .build();
  }

  /** The page. */
  public ReportPage page(RunRecord record) {
    List<Section> sections = new ArrayList<>();
    sections.add(
        Section.of("pass@k", plot(), passTable(), Prose.of(COUNTED, FROM_SUCCESS_PROBABILITY)));
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
