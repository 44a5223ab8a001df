package io.tailwalk.lab.command;

import io.tailwalk.console.Console;
import io.tailwalk.console.flags.FilesFlag;
import io.tailwalk.console.flags.Stray;
import io.tailwalk.lab.calibration.CalibrationExperiment;
import io.tailwalk.lab.calibration.CalibrationSettings;
import io.tailwalk.lab.calibration.CombinedCalibration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the coverage of the intervals that samplers print. */
@Command(
    name = CalibrationExperiment.NAME,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measure the coverage of every interval of the success probability, by regime, sampler and"
          + " budget, on random trees with a known success probability.",
      "A full run needs hours of one core. --regimes and --samplers run parts separately, and"
          + " --combine combines them into one verdict."
    })
final class CalibrationCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "Runs per cell, spread over the trees. Default: 96 (quick), 408 (full).")
  private @Nullable Integer repeats;

  @Option(
      names = "--samplers",
      paramLabel = "NAME,NAME...",
      hideParamSyntax = true,
      split = ",",
      description =
          "Samplers to measure; 'former' also judges the intervals of version 0.1. Default: all.")
  private List<String> samplers = new ArrayList<>();

  @Option(
      names = "--regimes",
      paramLabel = "NAME,NAME...",
      hideParamSyntax = true,
      split = ",",
      description = "Regimes to measure; an unknown name lists the valid ones. Default: all.")
  private List<String> regimes = new ArrayList<>();

  @Option(
      names = "--combine",
      paramLabel = "FILE.json",
      hideParamSyntax = true,
      arity = "1..*",
      parameterConsumer = FilesFlag.class,
      description =
          "calibration.json files of parts that were run before; judges them together and runs"
              + " nothing.")
  private List<String> combine = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final ExperimentOptions options = new ExperimentOptions();

  CalibrationCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    Map<String, Object> params = new LinkedHashMap<>();
    if (!combine.isEmpty()) {
      Stray.refuse(
          spec,
          "cannot be used with --combine, which runs nothing; remove it",
          "--scale",
          "--seed",
          "--threads",
          "--repeats",
          "--samplers",
          "--regimes");
      params.put("parts", combine.size());
      return options.run(
          new CombinedCalibration(combine.stream().map(Path::of).toList()), console, words, params);
    }
    int runs = repeats == null ? CalibrationSettings.repeats(options.scale()) : repeats;
    CalibrationSettings settings =
        ExperimentOptions.settings(() ->
            new CalibrationSettings(
                options.scale(), runs, options.seed, options.threads(), samplers, regimes));
    params.put("scale", settings.scale().wireName());
    params.put("repeats", settings.repeats());
    params.put("samplers", String.join(",", settings.samplers()));
    params.put("regimes", String.join(",", settings.regimes()));
    return options.run(new CalibrationExperiment(settings), console, words, params);
  }
}
