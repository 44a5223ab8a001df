package io.tailwalk.lab.parity;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.lab.Experiment;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.records.Json;
import io.tailwalk.runs.work.Watch;
import java.util.List;
import java.util.stream.DoubleStream;
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

  private record Figures(
      @JsonUnwrapped ExperimentSettings settings,
      int rollouts,
      List<Value> values,
      int searches,
      List<ParityCell.Figures> learned,
      List<ParityCell.Figures> lagging) {}

  private record Value(
      int length, double success, List<Double> rightMarker, List<Double> logError) {
    static Value of(ParityResults.Known known) {
      return new Value(
          known.task().length(),
          known.insight().success(),
          DoubleStream.of(known.insight().rightShare()).boxed().toList(),
          DoubleStream.of(known.insight().error()).boxed().toList());
    }
  }

  private ObjectNode json(ParityResults results) {
    return Json.of(
        new Figures(
            settings,
            plan.rollouts(),
            results.insights().stream().map(Value::of).toList(),
            plan.searches(),
            results.learned().stream().map(ParityCell::figures).toList(),
            results.lagging().stream().map(ParityCell::figures).toList()));
  }
}
