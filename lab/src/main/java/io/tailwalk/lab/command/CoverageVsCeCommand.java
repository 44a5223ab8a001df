package io.tailwalk.lab.command;

import io.tailwalk.console.Console;
import io.tailwalk.lab.graph.CoverageVsCe;
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

/** Measures cross-entropy, coverage and pass@N while a small transformer is fine-tuned. */
@Command(
    name = "coverage-vs-ce",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Measure cross-entropy, coverage and pass@N while a small transformer is fine-tuned on"
            + " paths through graphs (arXiv 2510.15020, Fig. 1), and compare the checkpoints that a"
            + " tournament and cross-entropy choose.")
final class CoverageVsCeCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Mixin private final ExperimentOptions options = new ExperimentOptions();

  @Option(
      names = "--pretrain",
      description =
          "Train the base model from scratch instead of using the shipped one; the full scale"
              + " always does this.")
  private boolean pretrain;

  @Option(
      names = "--checkpoints",
      paramLabel = "DIR",
      description = "Folder of the checkpoints; an interrupted run resumes from them.")
  private @Nullable Path checkpoints;

  CoverageVsCeCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    var experiment =
        new CoverageVsCe(options.scale(), options.seed, options.threads(), pretrain, checkpoints);
    options.tryFolder();
    if (checkpoints != null) {
      AtomicFiles.folder(checkpoints);
    }
    Map<String, Object> params = Map.of("scale", options.scale().wireName(), "pretrain", pretrain);
    try {
      return options.run(experiment, console, words, params);
    } catch (LearningException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }
}
