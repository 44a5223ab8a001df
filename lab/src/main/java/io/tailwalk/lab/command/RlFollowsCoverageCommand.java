package io.tailwalk.lab.command;

import io.tailwalk.console.Console;
import io.tailwalk.lab.reinforce.RlFollowsCoverage;
import io.tailwalk.records.AtomicFiles;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.values.LearningException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reinforcement learning from each checkpoint of a fine-tuning run. */
@Command(
    name = "rl-follows-coverage",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "From each checkpoint of the fine-tuning run of coverage-vs-ce, do reinforcement learning"
            + " at equal budget, and compare the pass@1 that it reaches with the checkpoint's"
            + " coverage, pass@N and cross-entropy.")
final class RlFollowsCoverageCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Mixin private final ExperimentOptions options = new ExperimentOptions();

  @Option(
      names = "--checkpoints",
      paramLabel = "DIR",
      description =
          "Folder of the checkpoints of fine-tuning; an interrupted run resumes from them.")
  private @Nullable Path checkpoints;

  RlFollowsCoverageCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    options.threads();
    var experiment = new RlFollowsCoverage(options.scale(), options.seed, checkpoints);
    options.tryFolder();
    if (checkpoints != null) {
      AtomicFiles.folder(checkpoints);
    }
    try {
      return options.run(experiment, console, words, Map.of("scale", options.scale().wireName()));
    } catch (LearningException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }
}
