package io.tailwalk.cli;

import io.tailwalk.console.Console;
import io.tailwalk.console.ConsoleWatch;
import io.tailwalk.console.ExitCode;
import io.tailwalk.runs.train.Training;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Command {@code train}: trains a small transformer from a configuration file. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Train a small transformer as configured in a YAML file: data, tokenizer, shape, optimiser,"
          + " schedule. Keys and an example: docs/train.md.",
      "The output folder contains checkpoints, metrics.jsonl, the held-out log-probabilities of"
          + " every checkpoint (the input of 'watch', 'profile' and 'select') and, if requested,"
          + " GGUF files."
    })
public final class TrainCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "CONFIG", description = "YAML file that configures the training.")
  private Path file = Path.of("");

  @Option(
      names = "--resume",
      description =
          "Resume from the last checkpoint in the output folder, or start if there is no"
              + " checkpoint.")
  private boolean resume;

  @Option(
      names = {"-q", "--quiet"},
      description = "Suppress progress on stderr.")
  private boolean quiet;

  /** Creates the command with output to the given console. */
  public TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Training training = Training.open(file, resume);
    long made;
    try (ConsoleWatch watch = ConsoleWatch.steps(console, "training", quiet)) {
      made = training.run(watch);
    }
    training.warnings().forEach(console::tell);
    if (made < training.steps()) {
      console.tell(training.progress(made) + "; continue with --resume");
      return ExitCode.FAILED;
    }
    console.print(training.progress(made));
    if (training.measures()) {
      console.print(
          "follow coverage with: tailwalk watch "
              + training.folder().resolve("scores")
              + " --n 8 --once");
    }
    return ExitCode.OK;
  }
}
