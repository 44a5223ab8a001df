package io.tailwalk.runs.checkpoints;

import io.tailwalk.core.Plural;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.paired.Needed;
import io.tailwalk.coverage.passk.CurvePoint;
import io.tailwalk.coverage.passk.PairedPoint;
import io.tailwalk.coverage.passk.PairedPower;
import io.tailwalk.coverage.passk.VotePoint;
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
import io.tailwalk.report.coverage.DifferencePages;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The figures of {@code passk} as tables and as a page. */
record PasskPage(PasskFigures figures) {
  static final NumberStyle SHARE = NumberStyle.significant(4);
  private static final String COUNTED = "Counted points are unbiased.";
  private static final String FROM_SUCCESS_PROBABILITY =
      "Points from success probabilities map the ends of the prompts' intervals through 1 - (1 -"
          + " Z)^k. If a value is biased low or high, or its bias is unknown, rely on the ends. On"
          + " these prompts: the mean over these prompts alone, not over the distribution they were"
          + " drawn from.";
  private static final String BY_PROBABILITY =
      "Reward of the most probable of N samples, by the run's own log-probability.";
  private static final String BY_REWARD = "Reward of the best of N samples, by the reward itself.";
  private static final String MORE_SAMPLES =
      "Further samples: of each prompt in each run, with these prompts; unknown if a prompt has"
          + " fewer than 2k; not reachable: not by more samples alone.";
  private static final String MAJORITY =
      "Share of prompts where the answer with the most votes among k samples is right, ties broken"
          + " at random.";
  private static final String WEIGHTED =
      "The same with each sample's reward as its number of votes.";

  List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    if (knowsPass()) {
      tables.add(passTable());
    }
    if (figures.curves().stream().anyMatch(curve -> !curve.bestOfN().isEmpty())) {
      tables.add(bestTable("Best-of-N", BY_PROBABILITY, PasskFigures.Curves::bestOfN));
    }
    if (figures.curves().stream().anyMatch(curve -> !curve.bestByReward().isEmpty())) {
      tables.add(bestTable("Best-of-N by reward", BY_REWARD, PasskFigures.Curves::bestByReward));
    }
    if (figures.curves().stream().anyMatch(curve -> !curve.majority().isEmpty())) {
      tables.add(voteTable("maj@k", MAJORITY, PasskFigures.Curves::majority));
    }
    if (figures.curves().stream().anyMatch(curve -> !curve.weighed().isEmpty())) {
      tables.add(voteTable("Weighted maj@k", WEIGHTED, PasskFigures.Curves::weighed));
    }
    if (!figures.pairs().isEmpty()) {
      tables.add(pairTable());
    }
    if (!figures.contrasts().isEmpty()) {
      Stream<Interval> ends =
          figures.contrasts().stream()
              .flatMap(contrast -> contrast.points().stream())
              .map(contrast -> contrast.point().interval());
      tables.add(
          PasskContrast.table(
              figures.contrasts(),
              "Intervals: %s over prompts, %s.".formatted(level(), CoveragePages.kinds(ends)),
              figures.power()));
    }
    return tables;
  }

  private boolean knowsPass() {
    return figures.curves().stream().anyMatch(curve -> !curve.pass().isEmpty());
  }

  /** One line on the kinds of the ends of pass@k and on the bias of its values. */
  String words() {
    List<String> graded =
        figures.curves().stream()
            .filter(curve -> curve.pass().isEmpty())
            .map(curve -> curve.run().name())
            .toList();
    String undecided =
        graded.isEmpty()
            ? ""
            : ("The rewards of %s are graded: state a threshold, the smallest reward that passes, for"
                    + " pass@k.")
                .formatted(String.join(", ", graded));
    return knowsPass()
        ? (passWords() + " " + undecided).strip()
        : "Intervals: %s over prompts, %s. %s"
            .formatted(
                level(),
                CoveragePages.kinds(
                    figures.curves().stream()
                        .flatMap(curve -> curve.bestByReward().stream())
                        .map(CurvePoint::interval)),
                undecided);
  }

  private String passWords() {
    String ends = intervals(figures.curves().stream().flatMap(PasskPage::ends));
    boolean biased =
        figures.curves().stream()
            .flatMap(curve -> curve.pass().stream())
            .anyMatch(point -> point.curve().bias().isOneSidedOrUnknown());
    return biased
        ? ends + " If a value is biased low or high, or its bias is unknown, rely on the ends."
        : ends;
  }

  private Table passTable() {
    record Row(String run, PassRun.Point point, CurvePoint at) {}
    List<Row> rows = new ArrayList<>();
    for (PasskFigures.Curves curve : figures.curves()) {
      curve.pass().forEach(point -> rows.add(new Row(curve.run().name(), point, point.curve())));
    }
    var table =
        Table.of("pass@k, mean over prompts. " + passWords(), rows)
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

  private static Stream<Interval> ends(PasskFigures.Curves curve) {
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
    BigDecimal percent =
        new BigDecimal(100 * (1 - figures.delta())).round(digits).stripTrailingZeros();
    return percent.toPlainString() + "%";
  }

  private Table bestTable(
      String column, String caption, Function<PasskFigures.Curves, List<CurvePoint>> points) {
    record Row(String run, CurvePoint point) {}
    List<Row> rows = new ArrayList<>();
    for (PasskFigures.Curves curve : figures.curves()) {
      points.apply(curve).forEach(point -> rows.add(new Row(curve.run().name(), point)));
    }
    return Table.of(
            "%s Intervals: %s over prompts, %s; give the range of the rewards if the verifier bounds them."
                .formatted(
                    caption,
                    level(),
                    CoveragePages.kinds(rows.stream().map(row -> row.point().interval()))),
            rows)
        .text("Run", Row::run)
        .whole("N", row -> row.point().k())
        .interval(column, SHARE, row -> estimate(row.point().value(), row.point().interval()))
        .build();
  }

  private Table voteTable(
      String column, String caption, Function<PasskFigures.Curves, List<VotePoint>> points) {
    record Row(String run, VotePoint point) {}
    List<Row> rows = new ArrayList<>();
    for (PasskFigures.Curves curve : figures.curves()) {
      points.apply(curve).forEach(point -> rows.add(new Row(curve.run().name(), point)));
    }
    var table =
        Table.of(caption + " " + intervals(rows.stream().map(row -> row.point().interval())), rows)
            .text("Run", Row::run)
            .whole("k", row -> row.point().k())
            .interval(column, SHARE, row -> estimate(row.point().value(), row.point().interval()));
    if (rows.stream().anyMatch(row -> row.point().standardError().isPresent())) {
      table.number(
          "Standard error of random subsets",
          SHARE,
          row -> row.point().standardError().orElse(0.0));
    }
    return table.build();
  }

  /** What the numbers of further prompts and samples mean; empty if they were not asked for. */
  Optional<String> powerRemark() {
    return figures.power() && !(figures.pairs().isEmpty() && figures.contrasts().isEmpty())
        ? Optional.of(powerWords())
        : Optional.empty();
  }

  private static String powerWords() {
    return DifferencePages.POWER + " " + MORE_SAMPLES;
  }

  private static String samples(Needed needed) {
    return needed instanceof Needed.OutOfReach ? "not reachable" : needed.words();
  }

  private Table pairTable() {
    record Row(PasskFigures.Pair pair, int index) {
      PairedPoint point() {
        return pair.points().get(index);
      }

      PairedPower power() {
        return pair.power().get(index);
      }
    }
    List<Row> rows = new ArrayList<>();
    for (PasskFigures.Pair pair : figures.pairs()) {
      IntStream.range(0, pair.points().size()).forEach(i -> rows.add(new Row(pair, i)));
    }
    boolean power = figures.power();
    var table =
        Table.of(
                "First run minus second run on the same prompts. "
                    + intervals(rows.stream().map(row -> row.point().interval()))
                    + (power ? " " + powerWords() : ""),
                rows)
            .text("First", row -> row.pair().first())
            .text("Second", row -> row.pair().second())
            .whole("k", row -> row.point().k())
            .interval(
                "Difference of pass@k",
                SHARE,
                row -> estimate(row.point().difference(), row.point().interval()))
            .whole("Prompts better", row -> row.point().better())
            .whole("Prompts worse", row -> row.point().worse());
    if (power) {
      table
          .text("Further prompts", row -> row.power().furtherPrompts().words())
          .text("Further samples", row -> samples(row.power().furtherSamples()));
    }
    return table.build();
  }

  ReportPage page(RunRecord record) {
    List<Section> sections = new ArrayList<>();
    List<Table> others = tables();
    if (knowsPass()) {
      sections.add(
          Section.of("pass@k", plot(), passTable(), Prose.of(COUNTED, FROM_SUCCESS_PROBABILITY)));
      others = others.subList(1, others.size());
    } else {
      sections.add(Section.of("pass@k", Prose.of(words())));
    }
    for (Table table : others) {
      sections.add(Section.of(title(table), table));
    }
    return new ReportPage("pass@k", Plural.of(figures.curves().size(), "run"), sections, record);
  }

  private static String title(Table table) {
    String what = table.columns().get(2).title();
    return switch (what) {
      case "Quantity" -> "Runs compared in other quantities";
      case "maj@k" -> "Majority vote";
      case "Weighted maj@k" -> "Weighted majority vote";
      default -> table.columns().getFirst().title().equals("First") ? "Runs compared" : what;
    };
  }

  private Plot plot() {
    List<Chart.Line> lines = new ArrayList<>();
    for (PasskFigures.Curves curve : figures.curves()) {
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

  static Estimate estimate(PairedPoint point) {
    return estimate(point.difference(), point.interval());
  }

  private static Estimate estimate(double value, Interval interval) {
    return new Estimate(Math.min(interval.low(), value), value, Math.max(interval.high(), value));
  }
}
