package io.tailwalk.lab.steps;

import io.tailwalk.lab.ExperimentSettings;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The figures of the experiment as JSON. */
final class StepsFigures {
  private StepsFigures() {}

  static ObjectNode json(ExperimentSettings settings, int repeats, Outcomes overH, Outcomes overT) {
    ObjectNode json = settings.figures();
    json.put("repeats", repeats);
    json.put("n", Setting.LEVEL);
    json.put("coverage", "mean over iterates of the second half, then over repeats");
    json.set("over_horizon", outcomes(overH));
    json.set("over_sequences", outcomes(overT));
    return json;
  }

  private static ArrayNode outcomes(Outcomes outcomes) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < outcomes.settings().size(); i++) {
      Setting setting = outcomes.settings().get(i);
      double bound = setting.problem().featureBound();
      ObjectNode row = json.addObject();
      row.put("horizon", setting.horizon()).put("sequences", setting.sequences());
      row.put("inherent_variance", setting.problem().inherentVariance());
      row.put("feature_bound", bound).put("floor", setting.floor());
      ArrayNode methods = row.putArray("methods");
      for (Method method : Method.values()) {
        ObjectNode node = methods.addObject();
        double[] grid = method.grid(bound);
        double[] coverage = outcomes.row(method, i);
        node.put("method", method.name().toLowerCase(Locale.ROOT)).put("batch", method.batch());
        node.put("best_step", grid[outcomes.bestStep(method, i)]);
        node.put("best_coverage", outcomes.best(method)[i]);
        node.put("common_step", grid[outcomes.commonStep(method)]);
        node.put("common_step_coverage", outcomes.common(method)[i]);
        ArrayNode steps = node.putArray("steps");
        ArrayNode values = node.putArray("coverage");
        for (int k = 0; k < grid.length; k++) {
          steps.add(grid[k]);
          values.add(coverage[k]);
        }
      }
    }
    return json;
  }
}
