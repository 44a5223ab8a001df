package io.tailwalk.lab.parity;

import io.tailwalk.lab.Experiment;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.runs.work.Watch;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parity (arXiv 2510.03149, Figure 6): time to a rewarded response with values that detect errors
 * late.
 *
 * @param settings seed and threads, and the scale for the record
 * @param plan size of the run
 */
public record ParityExperiment(ExperimentSettings settings, ParityPlan plan) implements Experiment {
  /** The name on the command line. */
  public static final String NAME = "parity";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String claim() {
    return "with values that cannot compute parities, and so detect errors late, VGB and its"
        + " momentum form find a rewarded response with fewer model tokens than sampling without"
        + " backtracking, and their cost grows more slowly with the length of the response";
  }

  @Override
  public Finding run(Watch watch) {
    ParityResults results = new ParityStudy(plan, settings, watch).run();
    var verdict = ParityVerdict.of(results);
    return Finding.of(this, verdict, json(results), ParityPage.sections(plan, results, verdict));
  }

  private ObjectNode json(ParityResults results) {
    ObjectNode json = settings.figures();
    json.put("rollouts", plan.rollouts()).put("values", plan.values());
    json.put("searches", plan.searches());
    put(json.putArray("learned"), results.learned());
    put(json.putArray("lagging"), results.lagging());
    ArrayNode values = json.putArray("values");
    for (ParityResults.Known known : results.insights()) {
      ObjectNode value = values.addObject();
      value.put("length", known.task().length());
      value.put("success", known.insight().success());
      put(value.putArray("right_marker"), known.insight().rightShare());
      put(value.putArray("log_error"), known.insight().error());
    }
    return json;
  }

  private static void put(ArrayNode array, List<ParityCell> cells) {
    cells.forEach(cell -> array.add(cell.json()));
  }

  private static void put(ArrayNode array, double[] numbers) {
    for (double number : numbers) {
      array.add(number);
    }
  }
}
