package io.tailwalk.lab.testtime;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The figures of the experiment as JSON. */
final class TestTimeFigures {
  private TestTimeFigures() {}

  static ObjectNode json(
      TestTimeExperiment experiment,
      List<Setting> settings,
      List<Setting.Run> runs,
      double[] rates) {
    ObjectNode json = experiment.settings().figures();
    json.put("repeats", experiment.repeats());
    json.put("draws", experiment.draws());
    json.put("n", Setting.LEVEL);
    json.put("largest_step", Setting.largestStep());
    ArrayNode grid = json.putArray("grid");
    for (double eta : Setting.grid()) {
      grid.add(eta);
    }
    ArrayNode cells = json.putArray("settings");
    for (int i = 0; i < settings.size(); i++) {
      ObjectNode cell = cells.addObject();
      cell.put("horizon", settings.get(i).horizon());
      cell.put("sequences", settings.get(i).sequences());
      cell.put("rate_of_theorem", rates[i]);
      put(cell.putObject("test_time_largest_step"), runs.get(i).testTime());
      put(cell.putObject("test_time_step_of_theorem"), runs.get(i).testTimeTheory());
      ArrayNode token = cell.putArray("token_level");
      runs.get(i).token().forEach(score -> put(token.addObject(), score));
      ArrayNode sequence = cell.putArray("sequence_level");
      runs.get(i).sequence().forEach(score -> put(sequence.addObject(), score));
    }
    return json;
  }

  private static void put(ObjectNode into, Score score) {
    into.put("coverage", score.coverage());
    into.put("coverage_standard_error", score.standardError());
    into.put("kl", score.kl());
  }
}
