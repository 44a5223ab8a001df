package io.tailwalk.lab.generalise;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.records.Json;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** The figures of the experiment as JSON. */
final class TailFigures {
  private TailFigures() {}

  private record Form(
      @JsonUnwrapped ExperimentSettings settings,
      int dataSets,
      List<Double> coverageLevels,
      List<RarePrompt> rarePrompt,
      List<Size> sampleSizes) {}

  private record Size(@JsonUnwrapped FitRow fit, double exponentInLogN) {}

  static ObjectNode json(
      ExperimentSettings settings,
      int repeats,
      RarePrompt[] rare,
      List<FitRow> fits,
      TailVerdict verdict) {
    return Json.of(
        new Form(
            settings,
            repeats,
            DoubleStream.of(TailExperiment.LEVELS).boxed().toList(),
            List.of(rare),
            IntStream.range(0, fits.size())
                .mapToObj(i -> new Size(fits.get(i), verdict.exponents()[i]))
                .toList()));
  }
}
