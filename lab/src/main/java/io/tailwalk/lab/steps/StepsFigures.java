package io.tailwalk.lab.steps;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.records.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** The figures of the experiment as JSON. */
final class StepsFigures {
  private StepsFigures() {}

  private record Form(
      @JsonUnwrapped ExperimentSettings settings,
      int repeats,
      double n,
      String coverage,
      List<Row> overHorizon,
      List<Row> overSequences) {}

  static ObjectNode json(ExperimentSettings settings, int repeats, Outcomes overH, Outcomes overT) {
    return Json.of(
        new Form(
            settings,
            repeats,
            Setting.LEVEL,
            "mean over iterates of the second half, then over repeats",
            rows(overH),
            rows(overT)));
  }

  private static List<Row> rows(Outcomes outcomes) {
    return IntStream.range(0, outcomes.settings().size())
        .mapToObj(i -> Row.of(outcomes, i))
        .toList();
  }

  private record Row(
      int horizon,
      int sequences,
      double inherentVariance,
      double featureBound,
      double floor,
      List<OfMethod> methods) {
    static Row of(Outcomes outcomes, int i) {
      Setting setting = outcomes.settings().get(i);
      return new Row(
          setting.horizon(),
          setting.sequences(),
          setting.problem().inherentVariance(),
          setting.problem().featureBound(),
          setting.floor(),
          Arrays.stream(Method.values()).map(method -> OfMethod.of(outcomes, i, method)).toList());
    }
  }

  private record OfMethod(
      String method,
      int batch,
      double bestStep,
      double bestCoverage,
      double commonStep,
      double commonStepCoverage,
      List<Double> steps,
      List<Double> coverage) {
    static OfMethod of(Outcomes outcomes, int i, Method method) {
      double[] grid = method.grid(outcomes.settings().get(i));
      return new OfMethod(
          method.name().toLowerCase(Locale.ROOT),
          method.batch(),
          grid[outcomes.bestStep(method, i)],
          outcomes.best(method)[i],
          grid[outcomes.commonStep(method)],
          outcomes.common(method)[i],
          DoubleStream.of(grid).boxed().toList(),
          DoubleStream.of(outcomes.row(method, i)).boxed().toList());
    }
  }
}
