package io.tailwalk.lab.command;

import io.tailwalk.console.Console;
import io.tailwalk.console.ConsoleWatch;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.flags.Stray;
import io.tailwalk.lab.dyck.DyckExperiment;
import io.tailwalk.lab.dyck.DyckSettings;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.values.LearningException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures accuracy, diversity and errors of distributions on balanced brackets. */
@Command(
    name = DyckExperiment.NAME,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Complete balanced brackets with a transformer and a learned value (arXiv 2510.03149,"
          + " Fig. 1): measure accuracy against diversity at equal model tokens for the block"
          + " samplers, and, after an out-of-distribution prefix, the error of the sampled"
          + " distributions against"
          + " the training epochs of the value.",
      "The quick scale starts from a transformer that is part of the program; the full scale trains"
          + " one."
    })
final class DyckCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final ExperimentOptions options = new ExperimentOptions();

  @Option(
      names = "--pretrain",
      description =
          "Train the transformer from scratch with --seed instead of using the shipped one; the"
              + " full scale always does this.")
  private boolean pretrain;

  @Option(
      names = "--write-base",
      paramLabel = "FILE",
      description =
          "File for the trained transformer; only trains it from scratch with --seed, which is how"
              + " the shipped one was made.")
  private @Nullable Path base;

  DyckCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    var experiment = new DyckExperiment(new DyckSettings(options.settings(), pretrain));
    Map<String, Object> params = Map.of("scale", options.scale().wireName(), "pretrain", pretrain);
    if (base != null) {
      Stray.refuse(
          spec,
          "cannot be used with --write-base, which only trains; remove it",
          "--out",
          "--json");
    }
    try {
      return base == null
          ? options.run(experiment, console, words, params)
          : writeBase(experiment, BaseFile.check(base));
    } catch (LearningException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  private int writeBase(DyckExperiment experiment, Path file) {
    try (ConsoleWatch watch = ConsoleWatch.steps(console, "transformer", options.quiet())) {
      experiment.writeBase(file, watch);
    } catch (CancellationException e) {
      console.tell("interrupted; no model was written");
      return ExitCode.FAILED;
    }
    console.print("written: " + file);
    return ExitCode.OK;
  }
}
