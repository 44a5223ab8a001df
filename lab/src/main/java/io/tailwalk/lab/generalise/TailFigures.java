package io.tailwalk.lab.generalise;

import io.tailwalk.lab.ExperimentSettings;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The figures of the experiment as JSON. */
final class TailFigures {
  private TailFigures() {}

  static ObjectNode json(
      ExperimentSettings settings,
      int repeats,
      RarePrompt[] rare,
      List<FitRow> fits,
      TailVerdict verdict) {
    ObjectNode json = settings.figures();
    json.put("data_sets", repeats);
    numbers(json.putArray("coverage_levels"), TailExperiment.LEVELS);
    ArrayNode horizons = json.putArray("rare_prompt");
    for (RarePrompt row : rare) {
      ObjectNode node = horizons.addObject();
      node.put("horizon", row.horizon()).put("n", row.n()).put("expected_kl", row.kl());
      node.put("probability_kl_above_horizon_over_4n", row.klAbove());
      numbers(node.putArray("expected_coverage"), row.coverage());
    }
    ArrayNode sizes = json.putArray("sample_sizes");
    for (int i = 0; i < fits.size(); i++) {
      FitRow fit = fits.get(i);
      ObjectNode node = sizes.addObject();
      node.put("n", fit.n()).put("kl", fit.kl()).put("kl_training_gap", fit.klGap());
      numbers(node.putArray("coverage"), fit.coverage());
      numbers(node.putArray("coverage_training_gap"), fit.coverageGap());
      node.put("exponent_in_log_n", verdict.exponents()[i]);
    }
    return json;
  }

  private static void numbers(ArrayNode into, double[] numbers) {
    for (double number : numbers) {
      into.add(number);
    }
  }
}
