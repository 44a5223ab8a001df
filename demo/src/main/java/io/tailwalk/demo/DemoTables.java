package io.tailwalk.demo;

import io.tailwalk.report.NumberStyle;
import io.tailwalk.report.Table;
import java.util.List;
import java.util.stream.IntStream;

/** The numbers of the demonstration as tables. */
final class DemoTables {
  private static final NumberStyle MASS = NumberStyle.significant(2);

  private DemoTables() {}

  /** The table of the samplers, one row per sampler. */
  static Table samplers(List<SamplerScore> scores) {
    return Table.of(
            "Three samplers at the same budget of model tokens; success probability with its 95%"
                + " interval, median prompt",
            scores)
        .text("sampler", SamplerScore::name)
        .text("prompts solved", score -> score.solved() + " of " + score.results().size())
        .whole("different answers", SamplerScore::distinct)
        .number("distinct-2", NumberStyle.fixed(2), SamplerScore::distinctPairs)
        .whole("model tokens", score -> score.cost().modelTokens())
        .whole("calls", score -> score.cost().modelCalls())
        .interval(
            "success probability, median prompt", MASS, SamplerScore::medianSuccessProbability)
        .build();
  }

  /**
   * The table of the prompts, one row per prompt, with the success probability estimated by each
   * sampler.
   */
  static Table prompts(List<SamplerScore> scores) {
    List<Integer> prompts = IntStream.range(0, scores.getFirst().results().size()).boxed().toList();
    return Table.of(
            "Probability that the model's own completion passes, with 95% intervals", prompts)
        .text("prompt", prompt -> scores.getFirst().results().get(prompt).job().id())
        .each(
            scores,
            (table, score) ->
                table.interval(
                    score.name(),
                    MASS,
                    prompt -> SamplerScore.successProbability(score.results().get(prompt))))
        .build();
  }
}
