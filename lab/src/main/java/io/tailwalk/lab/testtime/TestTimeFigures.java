package io.tailwalk.lab.testtime;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.records.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import tools.jackson.databind.node.ObjectNode;

/** The figures of the experiment as JSON. */
final class TestTimeFigures {
  private TestTimeFigures() {}

  private record Form(
      @JsonUnwrapped ExperimentSettings common,
      int repeats,
      int draws,
      double n,
      double largestStep,
      List<Double> grid,
      List<Cell> settings) {}

  private record Cell(
      int horizon,
      int sequences,
      double rateOfTheorem,
      Score testTimeLargestStep,
      Score testTimeStepOfTheorem,
      List<Score> tokenLevel,
      List<Score> sequenceLevel) {}

  static ObjectNode json(
      TestTimeExperiment experiment,
      List<Setting> settings,
      List<Setting.Run> runs,
      double[] rates) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < rates.length; i++) {
      Setting setting = settings.get(i);
      Setting.Run run = runs.get(i);
      cells.add(
          new Cell(
              setting.horizon(),
              setting.sequences(),
              rates[i],
              run.testTime(),
              run.testTimeTheory(),
              run.token(),
              run.sequence()));
    }
    return Json.of(
        new Form(
            experiment.settings(),
            experiment.repeats(),
            experiment.draws(),
            Setting.LEVEL,
            Setting.largestStep(),
            DoubleStream.of(Setting.grid()).boxed().toList(),
            cells));
  }
}
