package io.tailwalk.cli.coverage;

import io.tailwalk.console.flags.FilesFlag;
import io.tailwalk.console.flags.Require;
import io.tailwalk.runs.checkpoints.Scores;
import io.tailwalk.runs.work.InputException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags of commands that read score tables and give intervals. */
final class TableOptions {
  private static final String BY_PROMPT = "prompt_id";
  private static final String BY_ROW = "none";
  private static final int LEAST_REPLICATES = 100;
  private static final int MOST_REPLICATES = 1_000_000;

  @Option(
      names = "--scores",
      paramLabel = "FILE",
      arity = "1..*",
      parameterConsumer = FilesFlag.class,
      description =
          "Score tables: Parquet, CSV or JSON lines with example_id, prompt_id, model, log_prob and"
              + " tokens; several files and globs.")
  private List<String> scores = new ArrayList<>();

  @Option(
      names = "--cluster",
      paramLabel = "prompt_id|none",
      defaultValue = BY_PROMPT,
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

  boolean hasScores() {
    return !scores.isEmpty();
  }

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

  /** Refuses what is out of range, before any file is read. */
  void check() {
    Require.probability("--delta", delta);
    Require.between("--replicates", replicates, LEAST_REPLICATES, MOST_REPLICATES);
    Require.that(
        BY_PROMPT.equals(cluster) || BY_ROW.equals(cluster),
        "--cluster takes prompt_id or none, got '" + cluster + "'");
  }

  /** The question at the level and over the units that the flags say. */
  Scores.ProfileQuestion of(Scores.ProfileQuestion question) {
    Scores.ProfileQuestion asked = question.confidence(delta, replicates, seed);
    return BY_PROMPT.equals(cluster) ? asked : asked.independentRows();
  }

  /** The same. */
  Scores.TournamentQuestion of(Scores.TournamentQuestion question) {
    Scores.TournamentQuestion asked = question.confidence(delta, replicates, seed);
    return BY_PROMPT.equals(cluster) ? asked : asked.independentRows();
  }
}
