package io.tailwalk.lab.command;

import io.tailwalk.console.Console;
import io.tailwalk.console.flags.Require;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.TemperedModel;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.letter.LetterExperiment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures letter avoidance with one language model and judges it with another. */
@Command(
    name = LetterExperiment.NAME,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sample completions without the letter e over the range of alpha, score them with another"
          + " model, and compare with action-level sampling at equal model tokens (arXiv"
          + " 2510.03149, Fig. 3).",
      "--threads sets the number of threads of the models' arithmetic."
    })
final class LetterCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Mixin private final ModelOption model = new ModelOption();

  @Option(
      names = "--judge",
      paramLabel = "MODEL",
      defaultValue = DefaultModels.JUDGE,
      description = "Model whose log-probability measures coherence. Default: ${DEFAULT-VALUE}.")
  private String judge = DefaultModels.JUDGE;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "" + LetterExperiment.TEMPERATURE,
      description =
          "Sampling temperature of --model; the judge always has temperature 1. Default:"
              + " ${DEFAULT-VALUE}.")
  private double temperature = LetterExperiment.TEMPERATURE;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description =
          "Runs of auto and action-level on each prompt, at least 2. Default: 2 (quick), 3 (full).")
  private @Nullable Integer repeats;

  @Mixin private final ExperimentOptions options = new ExperimentOptions();

  LetterCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    ExperimentSettings settings = options.settings();
    Require.positive("--temperature", temperature);
    if (repeats != null) {
      Require.atLeast("--repeats", repeats, 2);
    }
    model.requireFetched();
    DefaultModels.requireFetched("--judge", judge, DefaultModels.JUDGE, "scripts/fetch-judge");
    try (LanguageModel sampled = model.open(settings);
        LanguageModel other = model.open("--judge", judge, settings)) {
      return options.run(
          experiment(settings, sampled, other),
          console,
          words,
          Map.of(
              "scale",
              settings.scale().wireName(),
              "model",
              model.name(),
              "temperature",
              "" + temperature,
              "judge",
              judge));
    }
  }

  private LetterExperiment experiment(
      ExperimentSettings settings, LanguageModel sampled, LanguageModel other) {
    LanguageModel tempered = TemperedModel.of(sampled, temperature);
    var experiment = new LetterExperiment(settings, tempered, other);
    return repeats == null ? experiment : experiment.withRepeats(repeats);
  }
}
