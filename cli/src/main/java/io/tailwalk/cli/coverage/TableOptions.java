package io.tailwalk.cli.coverage;

import io.tailwalk.cli.InputException;
import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.stats.PromptSizes;
import io.tailwalk.tables.scores.Reference;
import io.tailwalk.tables.scores.ScoreTable;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags of commands that read score tables and give intervals. */
final class TableOptions {
  @Option(
      names = "--scores",
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Score tables: Parquet, CSV or JSON lines with example_id, prompt_id, model, log_prob and"
              + " tokens; several files and globs.")
  private List<String> scores = new ArrayList<>();

  @Option(
      names = "--cluster",
      paramLabel = "prompt_id|none",
      defaultValue = "prompt_id",
      description =
          "What is drawn independently: prompts, each with all its responses, or rows. Default:"
              + " ${DEFAULT-VALUE}.")
  private String cluster = "";

  @Option(
      names = "--delta",
      paramLabel = "D",
      defaultValue = "0.05",
      description = "Error probability of bands, intervals and sets. Default: ${DEFAULT-VALUE}.")
  private double delta;

  @Option(
      names = "--replicates",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Bootstrap replicates, where prompts have several responses. Default: ${DEFAULT-VALUE}.")
  private int replicates;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Of the resampling; same seed, same numbers. Default: ${DEFAULT-VALUE}.")
  private long seed;

  /** The files and globs. */
  List<String> scores() {
    if (scores.isEmpty()) {
      throw new InputException(
          "no score table; give --scores FILE, as './tailwalk score' writes it");
    }
    return scores;
  }

  long seed() {
    return seed;
  }

  double delta() {
    return delta;
  }

  ScoreTable open(Reference reference) {
    return ScoreTable.open(scores(), reference);
  }

  Confidence confidence() {
    try {
      return new Confidence(delta, replicates, seed);
    } catch (CoverageException e) {
      throw new InputException("--delta, --replicates: " + e.getMessage(), e);
    }
  }

  /** How rows cluster. */
  PromptSizes sizes(ScoreTable table) {
    PromptSizes sizes = PromptSizes.of(table.promptsOfSize());
    return switch (cluster) {
      case "prompt_id" -> sizes;
      case "none" -> PromptSizes.independent(sizes.rows());
      default ->
          throw new InputException("--cluster takes prompt_id or none, got '" + cluster + "'");
    };
  }
}
