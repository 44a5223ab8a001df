package io.tailwalk.lab.command;

import io.tailwalk.console.Console;
import io.tailwalk.console.ConsoleWatch;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.flags.Stray;
import io.tailwalk.lab.Scale;
import io.tailwalk.lab.horizon.HorizonExperiment;
import io.tailwalk.lab.horizon.HorizonSettings;
import io.tailwalk.records.AtomicFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** KL and coverage at convergence as the horizon grows. */
@Command(
    name = HorizonExperiment.NAME,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Show that KL at convergence grows with the horizon while Cov_16 does not, with transformers"
          + " on paths through layered graphs whose distribution is exact.",
      "The quick scale starts from a base model that is part of the program; the full scale trains"
          + " everything from scratch, keeps its state in DIR/state and resumes from there when it"
          + " is run again.",
      "Training uses --threads inside each operation: the same number gives bit-identical results,"
          + " a different number rounds differently."
    })
final class HorizonCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Option(
      names = "--write-base",
      paramLabel = "FILE",
      description =
          "File for the base model of the scale; only trains it from scratch with --seed, which is"
              + " how the shipped base model of the quick scale was made.")
  private @Nullable Path base;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final ExperimentOptions options = new ExperimentOptions();

  HorizonCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    Optional<Path> state =
        options.scale() == Scale.FULL
            ? options.folder().map(folder -> folder.resolve("state"))
            : Optional.empty();
    var settings = new HorizonSettings(options.scale(), options.seed, options.threads(), state);
    var experiment = new HorizonExperiment(settings);
    if (base != null) {
      refuseFiguresOfBase(state.isPresent());
    }
    Optional<Path> file = Optional.ofNullable(base).map(BaseFile::check);
    options.tryFolder();
    state.ifPresent(AtomicFiles::folder);
    if (file.isPresent()) {
      return writeBase(experiment, file.get());
    }
    return options.run(
        experiment,
        console,
        words,
        Map.of("scale", settings.scale().wireName(), "threads", settings.threads()),
        state.isPresent()
            ? "interrupted; the same command resumes from " + state.get()
            : "interrupted; no results were written");
  }

  /** Refuses output flags: only the state of a full-scale training is written to the folder. */
  private void refuseFiguresOfBase(boolean keepsState) {
    String why = "cannot be used with --write-base, which only trains; remove it";
    Stray.refuse(spec, why, "--json");
    if (!keepsState) {
      Stray.refuse(spec, why, "--out");
    }
  }

  private int writeBase(HorizonExperiment experiment, Path file) {
    try (ConsoleWatch watch = ConsoleWatch.steps(console, "base model", options.quiet())) {
      experiment.writeBase(file, watch);
    } catch (CancellationException e) {
      console.tell("interrupted; no model was written");
      return ExitCode.FAILED;
    }
    console.print("written: " + file);
    return ExitCode.OK;
  }
}
