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

/** Trains a small transformer as a file says. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Train a small transformer as a YAML file says: data, tokenizer, shape, optimiser, schedule."
          + " Keys and an example: docs/train.md.",
      "The output folder gets checkpoints, metrics.jsonl, the held-out log-probabilities of every"
          + " checkpoint (what 'watch', 'profile' and 'select' read) and GGUF files where wanted."
    })
public final class TrainCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "CONFIG", description = "The YAML file.")
  private Path file = Path.of("");

  @Option(
      names = "--resume",
      description = "Go on from the last checkpoint in the output folder, or start where none is.")
  private boolean resume;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress on stderr.")
  private boolean quiet;

  /** Shows on the given console. */
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
    if (made < training.steps()) {
      console.tell(training.progress(made) + "; go on with --resume");
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
