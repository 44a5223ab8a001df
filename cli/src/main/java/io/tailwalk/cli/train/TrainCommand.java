package io.tailwalk.cli.train;

import io.tailwalk.cli.ExitCode;
import io.tailwalk.cli.console.Console;
import io.tailwalk.cli.console.ConsoleWatch;
import io.tailwalk.core.Plural;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.RunException;
import io.tailwalk.train.recipe.TrainingRun;
import io.tailwalk.values.LearningException;
import java.nio.file.Path;
import java.util.Locale;
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
    TrainingRun run = open();
    long steps;
    try (ConsoleWatch watch = ConsoleWatch.steps(console, "training", quiet)) {
      steps =
          run.run(
              watch::cancelled,
              (_, report) ->
                  watch.at(
                      report.step(),
                      run.steps(),
                      String.format(Locale.ROOT, "loss %.4f", report.loss())));
    } catch (LearningException e) {
      throw new RunException(String.valueOf(e.getMessage()), e);
    }
    if (steps < run.steps()) {
      console.tell("stopped after step " + steps + " of " + run.steps() + "; go on with --resume");
      return ExitCode.FAILED;
    }
    console.print(Plural.of(steps, "step") + " made; results are in " + run.folder().path());
    if (run.measures()) {
      console.print(
          "follow coverage with: tailwalk watch "
              + run.folder().path().resolve("scores")
              + " --n 8 --once");
    }
    return ExitCode.OK;
  }

  private TrainingRun open() {
    try {
      return TrainingRun.open(file, resume);
    } catch (LearningException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
  }
}
