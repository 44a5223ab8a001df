package io.tailwalk.lab.command;

import io.tailwalk.console.Console;
import io.tailwalk.lab.ess.EssExperiment;
import io.tailwalk.lab.ess.EssSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the error of every sampler at an equal number of expanded nodes. */
@Command(
    name = "ess",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Measure the error of every sampler at an equal number of expanded nodes, on trees of"
            + " balanced brackets whose values are exact up to errors of known size.")
final class EssCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "300",
      description = "Runs of each sampler in each cell. Default: ${DEFAULT-VALUE}.")
  private int repeats;

  @Mixin private final ExperimentOptions options = new ExperimentOptions();

  EssCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    EssSettings settings =
        ExperimentOptions.settings(
            () -> new EssSettings(options.scale(), repeats, options.seed, options.threads()));
    Map<String, Object> params =
        Map.of("scale", settings.scale().wireName(), "repeats", settings.repeats());
    return options.run(new EssExperiment(settings), console, words, params);
  }
}
