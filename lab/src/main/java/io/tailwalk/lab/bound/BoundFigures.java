package io.tailwalk.lab.bound;

import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.records.Doubles;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The figures of the experiment as JSON. */
final class BoundFigures {
  private BoundFigures() {}

  static ObjectNode json(ExperimentSettings settings, int problems, Tally random, Tally tight) {
    ObjectNode json = settings.figures();
    json.put("problems", problems);
    json.put("rounding_allowed", Tally.ROUNDING);
    json.set("random_problems", counts(random));
    json.set("tight_family", counts(tight));
    return json;
  }

  private static ArrayNode counts(Tally tally) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Bound bound : Bound.values()) {
      Tally.Count count = tally.count(bound);
      double[] ratios = count.ratios();
      ObjectNode row = json.addObject();
      row.put("bound", bound.name().toLowerCase(Locale.ROOT));
      row.put("statement", bound.statement());
      row.put("checks", count.checks());
      row.put("violations", count.violations());
      row.set("largest_left_minus_right", Doubles.json(finite(count.worst())));
      row.put("says_something", ratios.length);
      row.set("ratio_median", Doubles.json(quantile(ratios, 0.5)));
      row.set("ratio_95", Doubles.json(quantile(ratios, 0.95)));
      row.set("ratio_largest", Doubles.json(quantile(ratios, 1)));
    }
    return json;
  }

  private static double finite(double value) {
    return Double.isInfinite(value) ? Double.NaN : value;
  }

  /** The order statistic; NaN for an empty array. */
  static double quantile(double[] ascending, double level) {
    return ascending.length == 0
        ? Double.NaN
        : ascending[(int) Math.round(level * (ascending.length - 1))];
  }
}
