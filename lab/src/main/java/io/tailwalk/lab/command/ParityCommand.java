package io.tailwalk.lab.command;

import io.tailwalk.console.Console;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.parity.ParityExperiment;
import io.tailwalk.lab.parity.ParityPlan;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.values.LearningException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Counts the model tokens to a rewarded response when feedback comes late. */
@Command(
    name = ParityExperiment.NAME,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Count the model tokens to a rewarded response against the length when feedback comes late,"
            + " for walks and for sampling without backtracking (arXiv 2510.03149, Figure 6).")
final class ParityCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Option(
      names = "--blocks",
      paramLabel = "N,N...",
      hideParamSyntax = true,
      split = ",",
      description =
          "Lengths in blocks of five letters, increasing, at most 10 blocks. Default: 2,4,6,8"
              + " (quick), 2 to 8 (full).")
  private @Nullable List<Integer> blocks;

  @Option(
      names = "--rollouts",
      paramLabel = "N",
      description =
          "Rollouts from which each value is learned. Default: 10000 (quick), 40000 (full).")
  private @Nullable Integer rollouts;

  @Option(
      names = "--values",
      paramLabel = "N",
      description = "Values learned for each length. Default: 2 (quick), 5 (full).")
  private @Nullable Integer values;

  @Option(
      names = "--searches",
      paramLabel = "N",
      description = "Searches of each sampler with each value. Default: 100 (quick), 200 (full).")
  private @Nullable Integer searches;

  @Mixin private final ExperimentOptions options = new ExperimentOptions();

  ParityCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    ExperimentSettings settings = options.settings();
    ParityPlan plan = ExperimentOptions.settings(() -> plan(ParityPlan.of(settings.scale())));
    var experiment = new ParityExperiment(settings, plan);
    Map<String, Object> params =
        Map.of(
            "scale", settings.scale().wireName(),
            "blocks", plan.blocks().toString(),
            "rollouts", plan.rollouts(),
            "values", plan.values(),
            "searches", plan.searches());
    try {
      return options.run(experiment, console, words, params);
    } catch (LearningException e) {
      throw new InputException(
          "--rollouts is too small for the longest of --blocks: " + e.getMessage(), e);
    }
  }

  private ParityPlan plan(ParityPlan scale) {
    return new ParityPlan(
        blocks == null ? scale.blocks() : blocks,
        rollouts == null ? scale.rollouts() : rollouts,
        values == null ? scale.values() : values,
        searches == null ? scale.searches() : searches);
  }
}
