package io.tailwalk.report.coverage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.paired.Difference;
import io.tailwalk.coverage.paired.PairDifference;
import io.tailwalk.coverage.paired.Power;
import io.tailwalk.records.Json;
import io.tailwalk.report.Estimate;
import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Printable;
import io.tailwalk.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The paired difference of two models as a table and as JSON. */
public final class DifferencePages {
  /** One line on the numbers of further prompts and samples. */
  public static final String POWER =
      "Further prompts, each with as many samples as now: the interval of a study of that size"
          + " excludes 0 with probability 0.8 if the true difference is the estimate (normal"
          + " approximation). 0: it is excluded already.";

  /** One line on the differences of two models. */
  public static final String DIFFERENCE =
      "Differences are first minus second on the same responses: below 0, the first is better."
          + " Intervals: each by itself and two-sided, over prompts; of C_N Gaffke's bound, of"
          + " cross-entropy Student's t.";

  private static final NumberStyle STYLE = NumberStyle.fixed(4);

  private DifferencePages() {}

  /**
   * The table: one row per factor, and cross-entropy.
   *
   * @param pair the differences
   * @param power whether to show the number of further prompts
   */
  public static Table table(PairDifference pair, boolean power) {
    record Row(String loss, String unit, Difference difference) {}
    List<Row> rows = new ArrayList<>();
    for (PairDifference.AtFactor at : pair.coverage()) {
      String name = "C_N at N = " + CoveragePages.factor(at.n());
      rows.add(new Row(name, "share of responses", at.difference()));
    }
    rows.add(new Row("Cross-entropy", "nats per response", pair.crossEntropy()));
    var table =
        Table.of(
                "First: %s. Second: %s. %s%s"
                    .formatted(
                        Printable.name(pair.first()),
                        Printable.name(pair.second()),
                        DIFFERENCE,
                        power ? " " + POWER : ""),
                rows)
            .text("Loss", Row::loss)
            .text("Unit", Row::unit)
            .interval("Difference", STYLE, row -> estimate(row.difference()))
            .text(
                "Ends",
                row -> {
                  Interval ends = row.difference().interval();
                  String low = ends.lowKind().wireName();
                  String high = ends.highKind().wireName();
                  return low.equals(high) ? low : low + ", " + high;
                });
    if (power) {
      table.text("Further prompts", row -> row.difference().furtherPrompts().words());
    }
    return table.build();
  }

  private static Estimate estimate(Difference difference) {
    double value = difference.value();
    Interval interval = difference.interval();
    return Double.isNaN(value)
        ? Estimate.UNKNOWN
        : new Estimate(Math.min(interval.low(), value), value, Math.max(interval.high(), value));
  }

  /**
   * {@code {"first","second","prompts","coverage":[{"n","difference","low","high","low_kind",
   * "high_kind","standard_error"}],"cross_entropy":{...}}}; with power each difference has also
   * {@code "power":{"power","further_prompts":{"status","count"}}}.
   *
   * @param pair the differences
   * @param power whether to add the number of further prompts
   */
  public static ObjectNode json(PairDifference pair, boolean power) {
    record Form(
        String first,
        String second,
        long prompts,
        List<AtFactorForm> coverage,
        DifferenceForm crossEntropy) {}
    return Json.of(
        new Form(
            pair.first(),
            pair.second(),
            pair.prompts(),
            pair.coverage().stream()
                .map(at -> new AtFactorForm(at.n(), DifferenceForm.of(at.difference(), power)))
                .toList(),
            DifferenceForm.of(pair.crossEntropy(), power)));
  }

  private record AtFactorForm(double n, @JsonUnwrapped DifferenceForm difference) {}

  private record DifferenceForm(
      double difference,
      @JsonUnwrapped Interval interval,
      double standardError,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<PowerForm> power) {
    static DifferenceForm of(Difference difference, boolean power) {
      return new DifferenceForm(
          difference.value(),
          difference.interval(),
          difference.standardError(),
          power
              ? Optional.of(new PowerForm(Power.POWER, NeededForm.of(difference.furtherPrompts())))
              : Optional.empty());
    }
  }

  private record PowerForm(double power, NeededForm furtherPrompts) {}
}
