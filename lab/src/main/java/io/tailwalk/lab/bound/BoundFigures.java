package io.tailwalk.lab.bound;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.records.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** The figures of the experiment as JSON. */
final class BoundFigures {
  private BoundFigures() {}

  private record Form(
      @JsonUnwrapped ExperimentSettings settings,
      int problems,
      double roundingAllowed,
      List<Row> randomProblems,
      List<Row> tightFamily) {}

  static ObjectNode json(ExperimentSettings settings, int problems, Tally random, Tally tight) {
    return Json.of(new Form(settings, problems, Tally.ROUNDING, rows(random), rows(tight)));
  }

  private static List<Row> rows(Tally tally) {
    return Arrays.stream(Bound.values()).map(bound -> Row.of(bound, tally.count(bound))).toList();
  }

  private record Row(
      String bound,
      String statement,
      long checks,
      long violations,
      double largestLeftMinusRight,
      int saysSomething,
      double ratioMedian,
      @JsonProperty("ratio_95") double ratio95,
      double ratioLargest) {
    static Row of(Bound bound, Tally.Count count) {
      double[] ratios = count.ratios();
      return new Row(
          bound.name().toLowerCase(Locale.ROOT),
          bound.statement(),
          count.checks(),
          count.violations(),
          Double.isInfinite(count.worst()) ? Double.NaN : count.worst(),
          ratios.length,
          quantile(ratios, 0.5),
          quantile(ratios, 0.95),
          quantile(ratios, 1));
    }
  }

  /** The order statistic; NaN for an empty array. */
  static double quantile(double[] ascending, double level) {
    return ascending.length == 0
        ? Double.NaN
        : ascending[(int) Math.round(level * (ascending.length - 1))];
  }
}
