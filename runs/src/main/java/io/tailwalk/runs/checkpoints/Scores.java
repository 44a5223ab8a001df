package io.tailwalk.runs.checkpoints;

import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.paired.PairDifference;
import io.tailwalk.coverage.profile.ModelProfile;
import io.tailwalk.coverage.profile.ProfileAggregate;
import io.tailwalk.coverage.quantile.QuantileGrid;
import io.tailwalk.coverage.stats.PromptSizes;
import io.tailwalk.coverage.tournament.TournamentResult;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.ColumnMap;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.Study;
import io.tailwalk.tables.scores.Reference;
import io.tailwalk.tables.scores.ScoreFiles;
import io.tailwalk.tables.scores.ScoreScan;
import io.tailwalk.tables.scores.ScoreTable;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Score tables: held-out responses with their log-probabilities under one or more models. Files are
 * read only when a question is run.
 *
 * <pre>{@code
 * var scores = Scores.read("scores.parquet");
 * List<ModelProfile> profiles = scores.profile().reference("teacher").run();
 * List<TournamentResult> choices = scores.tournament().n(4, 8).run();
 * }</pre>
 */
public final class Scores {
  private final ScoreFiles files;

  private Scores(ScoreFiles files) {
    this.files = files;
  }

  /**
   * Names the files of score tables: Parquet, separated values, JSON, or samples of
   * lm-evaluation-harness; globs, {@code -} for standard input, or {@code MODEL=FILE} for files
   * that do not name their model.
   */
  public static Scores read(String... files) {
    return read(List.of(files));
  }

  /** The same for a list. */
  public static Scores read(List<String> files) {
    if (files.isEmpty()) {
      throw new InputException("no score table; name at least one file");
    }
    return new Scores(ScoreFiles.of(files));
  }

  /**
   * Chooses the columns of fields, such as {@code model} or {@code log_prob}, where a file has
   * other names than ours and their usual aliases.
   *
   * @param byField columns by the name of their field
   * @throws InputException if a field is unknown
   */
  public Scores columns(Map<String, String> byField) {
    try {
      return new Scores(files.columns(ColumnMap.parse(byField)));
    } catch (IllegalArgumentException | TableException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Counts every choice of lm-evaluation-harness samples as a held-out response, not only the right
   * one.
   */
  public Scores allChoices() {
    return new Scores(files.allChoices(true));
  }

  ScoreFiles files() {
    return files;
  }

  /** Returns a question for the coverage profile and likelihood quantiles of every model. */
  public ProfileQuestion profile() {
    return new ProfileQuestion(
        files,
        new Reference.IfPresent(),
        NGrid.logarithmic(16, 2),
        QuantileGrid.standard(),
        Confidence.standard(),
        true);
  }

  /** Returns a question for the best model, by tournament at N = 4. */
  public TournamentQuestion tournament() {
    return new TournamentQuestion(files, List.of(4.0), Confidence.standard(), true);
  }

  private static PromptSizes sizes(long[] promptsOfSize, boolean byPrompt) {
    PromptSizes sizes = PromptSizes.of(promptsOfSize);
    return byPrompt ? sizes : PromptSizes.independent(sizes.rows());
  }

  /**
   * A question for the coverage profiles of all models.
   *
   * @param files score tables and how they are read
   * @param where source of the log-probabilities under the distribution of the responses
   * @param grid the factors N
   * @param shares the shares epsilon of the likelihood quantiles
   * @param confidence level of bands and intervals
   * @param byPrompt whether prompts, each with all its responses, are drawn independently;
   *     otherwise rows are
   */
  public record ProfileQuestion(
      ScoreFiles files,
      Reference where,
      NGrid grid,
      QuantileGrid shares,
      Confidence confidence,
      boolean byPrompt) {
    /** Uses a column of the tables, or a model in them, as the distribution of the responses. */
    public ProfileQuestion reference(String columnOrModel) {
      return new ProfileQuestion(
          files, new Reference.Named(columnOrModel), grid, shares, confidence, byPrompt);
    }

    /** Sets the factors N, each at least 1. */
    public ProfileQuestion n(double... factors) {
      return new ProfileQuestion(files, where, NGrid.of(factors), shares, confidence, byPrompt);
    }

    /** Sets the shares epsilon of the likelihood quantiles, each strictly between 0 and 1. */
    public ProfileQuestion quantiles(double... epsilons) {
      return new ProfileQuestion(
          files, where, grid, QuantileGrid.of(epsilons), confidence, byPrompt);
    }

    /** Sets the level, the replicates and the seed. */
    public ProfileQuestion confidence(Confidence other) {
      return new ProfileQuestion(files, where, grid, shares, other, byPrompt);
    }

    /**
     * Sets the level, the replicates and the seed.
     *
     * @param delta error probability of bands and intervals, in (0, 1)
     * @param replicates number of bootstrap replicates
     * @param seed seed of the bootstrap
     */
    public ProfileQuestion confidence(double delta, int replicates, long seed) {
      return confidence(new Confidence(delta, replicates, seed));
    }

    /** Treats rows, not prompts, as independent draws. */
    public ProfileQuestion independentRows() {
      return new ProfileQuestion(files, where, grid, shares, confidence, false);
    }

    /**
     * Reads the tables and computes the profiles.
     *
     * @return one profile per model, in the order of the tables; without points if there is no
     *     reference
     * @throws io.tailwalk.records.TableException if a table cannot be read
     */
    public List<ModelProfile> run() {
      try (ScoreTable table = ScoreTable.open(files, where)) {
        return run(table);
      }
    }

    private List<ModelProfile> run(ScoreTable table) {
      return table.scan().map(scan -> run(table, scan)).orElseGet(() -> runByRow(table));
    }

    private List<ModelProfile> run(ScoreTable table, ScoreScan scan) {
      PromptSizes sizes = sizes(scan.promptsOfSize(), byPrompt);
      boolean byRow = sizes.rowsAreIndependent();
      ProfileAggregate aggregate = empty(table);
      scan.forEach((model, prompt, example, reference, logProb, tokens) ->
          aggregate.add(model, byRow ? example : prompt, reference, logProb, tokens));
      return aggregate.profiles(sizes, confidence, shares);
    }

    /** For tables whose scores do not tell their reference. */
    private List<ModelProfile> runByRow(ScoreTable table) {
      PromptSizes sizes = sizes(table.promptsOfSize(), byPrompt);
      boolean byRow = sizes.rowsAreIndependent();
      ProfileAggregate aggregate =
          Parts.gather(
              table,
              () -> empty(table),
              (part, row) ->
                  part.add(
                      byRow ? row.exampleKey() : row.promptKey(),
                      row.reference(),
                      row.logProbs(),
                      row.tokens()),
              ProfileAggregate::merge);
      return aggregate.profiles(sizes, confidence, shares);
    }

    private ProfileAggregate empty(ScoreTable table) {
      return table.hasReference()
          ? ProfileAggregate.withReference(table.models(), grid)
          : ProfileAggregate.withoutReference(table.models());
    }

    /**
     * Returns the result as a study.
     *
     * @param command the command line, for the record; empty if a program called the library
     */
    public Study study(List<String> command) {
      try (ScoreTable table = ScoreTable.open(files, where)) {
        List<ModelProfile> profiles = run(table);
        return ScoreStudies.profile(profiles, ScoreNotes.of(table), confidence, command);
      }
    }
  }

  /**
   * A question for the best model by tournament.
   *
   * @param files score tables and how they are read
   * @param factors the factors N, in the order of the answers
   * @param confidence level of intervals and sets
   * @param byPrompt whether prompts, each with all its responses, are drawn independently;
   *     otherwise rows are
   */
  public record TournamentQuestion(
      ScoreFiles files, List<Double> factors, Confidence confidence, boolean byPrompt) {
    /** Keeps an immutable copy. */
    public TournamentQuestion {
      factors = factors.stream().distinct().toList();
    }

    /** Sets the factors N, each at least 1. */
    public TournamentQuestion n(double... n) {
      List<Double> asked = DoubleStream.of(n).boxed().toList();
      return new TournamentQuestion(files, asked, confidence, byPrompt);
    }

    /** Sets the level, the replicates and the seed. */
    public TournamentQuestion confidence(Confidence other) {
      return new TournamentQuestion(files, factors, other, byPrompt);
    }

    private NGrid grid() {
      return NGrid.of(factors.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /**
     * Sets the level, the replicates and the seed.
     *
     * @param delta error probability of intervals and sets, in (0, 1)
     * @param replicates number of bootstrap replicates
     * @param seed seed of the bootstrap
     */
    public TournamentQuestion confidence(double delta, int replicates, long seed) {
      return confidence(new Confidence(delta, replicates, seed));
    }

    /** Treats rows, not prompts, as independent draws. */
    public TournamentQuestion independentRows() {
      return new TournamentQuestion(files, factors, confidence, false);
    }

    /**
     * Reads the tables and runs the tournament.
     *
     * @return one result per factor, in the order of the factors
     * @throws io.tailwalk.records.TableException if a table cannot be read
     * @throws InputException if there is only one model
     */
    public List<TournamentResult> run() {
      try (ScoreTable table = ScoreTable.open(files, new Reference.IfPresent())) {
        return run(table);
      }
    }

    /** Runs the tournament on an open table. */
    public List<TournamentResult> run(ScoreTable table) {
      return hold(table).results();
    }

    /**
     * Reads the tables and compares two models by their paired differences.
     *
     * @return the differences, first minus second, one per factor in ascending order
     * @throws InputException unless there are two models
     */
    public PairDifference difference() {
      try (ScoreTable table = ScoreTable.open(files, new Reference.IfPresent())) {
        return hold(table)
            .difference()
            .orElseThrow(() ->
                InputException.about(
                    "scores", "a paired difference is between two models, got " + table.models()));
      }
    }

    private Contest.Held hold(ScoreTable table) {
      if (table.models().size() < 2) {
        throw InputException.about(
            "scores", "only one model, " + table.models() + "; a tournament needs two or more");
      }
      PromptSizes sizes = sizes(table.promptsOfSize(), byPrompt);
      return Contest.hold(table, sizes, grid(), factors, confidence);
    }

    /**
     * Returns the result as a study.
     *
     * @param command the command line, for the record; empty if a program called the library
     */
    public Study study(List<String> command) {
      return study(command, Map.of(), 0, false, List.of());
    }

    /**
     * Returns the result as a study, together with the offset tournament.
     *
     * @param onPolicy score tables of the candidates' own generations, by candidate; one for every
     *     candidate, or none to skip the offset tournament
     * @param offset exponent a of the offset, gamma = N^a
     * @param power whether to show how many more prompts would settle the differences of two models
     * @param samples graded samples of candidates, by name, for what reinforcement learning would
     *     find to reinforce; may be empty
     */
    public Study study(
        List<String> command,
        Map<String, String> onPolicy,
        double offset,
        boolean power,
        List<PassRun> samples) {
      Contest.Held held;
      List<OnPolicy.Outcome> offsets = List.of();
      Payoff payoff;
      ScoreNotes notes;
      try (ScoreTable table = ScoreTable.open(files, new Reference.IfPresent())) {
        held = hold(table);
        notes = ScoreNotes.of(table);
        if (power && held.difference().isEmpty()) {
          throw InputException.about(
              "power", "is about the difference of two models, got " + table.models());
        }
        if (!onPolicy.isEmpty()) {
          offsets = offset(table, onPolicy, offset, held.results());
        }
        payoff = Payoff.of(table.models(), held.improbable(), factors, samples, confidence.delta());
      }
      return ScoreStudies.tournament(held, power, offsets, payoff, notes, confidence, command);
    }

    /**
     * Reads the tables and runs the offset tournament.
     *
     * @param onPolicy score tables of the candidates' own generations, one for every candidate
     * @param offset exponent a of the offset, gamma = N^a
     * @return one outcome per factor, in the order of the factors
     */
    public List<OnPolicy.Outcome> offset(Map<String, String> onPolicy, double offset) {
      try (ScoreTable table = ScoreTable.open(files, new Reference.IfPresent())) {
        return offset(table, onPolicy, offset, run(table));
      }
    }

    private List<OnPolicy.Outcome> offset(
        ScoreTable table,
        Map<String, String> onPolicy,
        double offset,
        List<TournamentResult> results) {
      return OnPolicy.hold(files, onPolicy, table.models(), grid(), results, offset);
    }
  }
}
