package io.tailwalk.cli.coverage;

import io.tailwalk.console.flags.FilesFlag;
import io.tailwalk.console.flags.Require;
import io.tailwalk.runs.checkpoints.Scores;
import io.tailwalk.runs.work.InputException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Flags of commands that compute intervals from score tables. */
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
          "Score tables with example_id, prompt_id, model, log_prob and tokens, or example_id and one"
              + " column of log-probabilities for each model: Parquet, CSV, TSV, JSON (lines or an"
              + " array), also .gz and .zst; or samples of lm-evaluation-harness, one model per file,"
              + " named by the file or as MODEL=FILE. Accepts several files, globs, and - for"
              + " standard input.")
  private List<String> scores = new ArrayList<>();

  @Mixin private final ColumnsFlag columns = new ColumnsFlag();

  @Option(
      names = "--all-choices",
      description =
          "Count every choice of samples of lm-evaluation-harness as a held-out response. Default:"
              + " only the right one.")
  private boolean allChoices;

  @Option(
      names = "--cluster",
      paramLabel = "prompt_id|none",
      defaultValue = BY_PROMPT,
      description =
          "Unit of independent draws: prompts, each with all its responses (prompt_id), or rows"
              + " (none). Default: ${DEFAULT-VALUE}.")
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
          "Number of bootstrap replicates, used if prompts have several responses. Default:"
              + " ${DEFAULT-VALUE}.")
  private int replicates;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Random seed of the resampling; the same seed produces the same numbers. Default:"
              + " ${DEFAULT-VALUE}.")
  private long seed;

  /** Whether every choice of a multiple-choice document is a response. */
  boolean allChoices() {
    return allChoices;
  }

  boolean hasScores() {
    return !scores.isEmpty();
  }

  /** The tables. */
  Scores scores() {
    if (scores.isEmpty()) {
      throw new InputException(
          "no score table; give --scores FILE, for example a table written by './tailwalk score'");
    }
    Scores named = columns.of(Scores.read(scores));
    return allChoices ? named.allChoices() : named;
  }

  long seed() {
    return seed;
  }

  double delta() {
    return delta;
  }

  /** Refuses values out of range before any file is read. */
  void check() {
    Require.probability("--delta", delta);
    Require.between("--replicates", replicates, LEAST_REPLICATES, MOST_REPLICATES);
    Require.that(
        BY_PROMPT.equals(cluster) || BY_ROW.equals(cluster),
        "--cluster accepts prompt_id or none, got '" + cluster + "'");
  }

  /** The question with the error probability and the units of the flags. */
  Scores.ProfileQuestion of(Scores.ProfileQuestion question) {
    Scores.ProfileQuestion asked = question.confidence(delta, replicates, seed);
    return BY_PROMPT.equals(cluster) ? asked : asked.independentRows();
  }

  /** The question with the error probability and the units of the flags. */
  Scores.TournamentQuestion of(Scores.TournamentQuestion question) {
    Scores.TournamentQuestion asked = question.confidence(delta, replicates, seed);
    return BY_PROMPT.equals(cluster) ? asked : asked.independentRows();
  }
}
