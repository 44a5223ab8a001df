package io.tailwalk.cli.coverage;

import io.tailwalk.cli.ExitCode;
import io.tailwalk.cli.Pairs;
import io.tailwalk.cli.Require;
import io.tailwalk.cli.Stray;
import io.tailwalk.cli.console.Console;
import io.tailwalk.cli.console.ConsoleWatch;
import io.tailwalk.cli.generate.StudyOptions;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.tournament.TournamentResult;
import io.tailwalk.records.RunRecord;
import io.tailwalk.report.Section;
import io.tailwalk.report.Table;
import io.tailwalk.report.coverage.CoverageJson;
import io.tailwalk.report.coverage.CoveragePages;
import io.tailwalk.runs.checkpoints.OnPolicy;
import io.tailwalk.runs.checkpoints.RaceStudy;
import io.tailwalk.runs.checkpoints.ScoredModel;
import io.tailwalk.runs.checkpoints.Scores;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.Provenance;
import io.tailwalk.tables.scores.Reference;
import io.tailwalk.tables.scores.ScoreTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Chooses a checkpoint by tournament. */
@Command(
    name = "select",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Choose among models by tournament on the same held-out responses: the one whose worst share"
          + " of responses under-weighted by N or more against a rival is smallest. Needs no"
          + " reference law.",
      "A rule of thumb for Best-of-N: choose at half its N."
    })
public final class SelectCommand implements Callable<Integer> {
  private static final String NOT_FOR_RACE =
      "is not for --race, which scores by itself; leave it out";
  private static final String[] TABLE_FLAGS = {
    "--cluster", "--replicates", "--on-policy", "--offset"
  };

  private final Console console;
  private final List<String> words;

  @Option(
      names = "--n",
      required = true,
      split = ",",
      paramLabel = "N[,N...]",
      description = "The factors N; the first one's choice leads the JSON.")
  private List<Double> factors = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final TableOptions table = new TableOptions();

  @Option(
      names = "--on-policy",
      paramLabel = "MODEL=FILE",
      description =
          "Score table of generations of one candidate under all of them; with one for every"
              + " candidate the offset tournament is held too.")
  private List<String> onPolicy = List.of();

  @Option(
      names = "--offset",
      paramLabel = "A",
      defaultValue = "0.25",
      description = "Exponent of the offset tournament, gamma = N^A. Default: ${DEFAULT-VALUE}.")
  private double offset;

  @Mixin private final RaceFlags race = new RaceFlags();
  @Mixin private final StudyOptions study = new StudyOptions();

  /**
   * Shows on the given console.
   *
   * @param words the command line, for the record
   */
  public SelectCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    table.check();
    NGrid grid = Factors.grid("--n", factors);
    Require.that(offset >= 0 && offset <= 0.5, "--offset must lie in 0 to 0.5, got " + offset);
    if (race.isWanted()) {
      // Picocli does not say that a flag stands there which FilesFlag read.
      Require.that(!table.hasScores(), "--scores " + NOT_FOR_RACE);
      Stray.refuse(spec, NOT_FOR_RACE, TABLE_FLAGS);
      race.check();
      study.prepare();
      return race();
    }
    Stray.refuse(spec, "is for --race; give that too, or leave it out", RaceFlags.OTHERS);
    Map<String, String> generations = Pairs.of("--on-policy", "MODEL=FILE", onPolicy);
    if (generations.isEmpty()) {
      Stray.refuse(spec, "is for --on-policy; give that too, or leave it out", "--offset");
    }
    study.prepare();
    List<TournamentResult> results;
    List<OnPolicy.Outcome> offsets;
    try (ScoreTable scores = table.open(new Reference.IfPresent())) {
      if (scores.models().size() < 2) {
        throw new InputException(
            "--scores: one model only, " + scores.models() + "; a tournament needs two or more");
      }
      var question =
          new Scores.TournamentQuestion(table.scores(), grid, table.confidence(), table.byPrompt());
      results = inOrder(question.run(scores));
      offsets =
          generations.isEmpty()
              ? List.of()
              : OnPolicy.hold(generations, scores.models(), grid, results, offset);
    }
    show(results, offsets);
    return ExitCode.OK;
  }

  private int race() {
    if (factors.size() != 1) {
      throw new InputException("--race decides at one N; give one factor to --n");
    }
    var course =
        new RaceStudy.Course(
            race.data(),
            race.end(),
            factors.getFirst(),
            table.delta(),
            race.epsilon(),
            table.seed());
    List<ScoredModel> candidates = race.candidates();
    RaceStudy result;
    try (ConsoleWatch watch = ConsoleWatch.steps(console, "race", study.quiet())) {
      result = RaceStudy.run(candidates, race.flags()::open, course, watch);
    } catch (CancellationException e) {
      console.tell("interrupted; nothing is written");
      return ExitCode.FAILED;
    }
    RunRecord record = Provenance.record(words, result.stamps(), table.seed(), result.params());
    study.show(
        console, "select", result.json(record), result.page(record), List.of(result.table()));
    if (!study.isJson()) {
      console.print(result.verdict());
    }
    return ExitCode.OK;
  }

  /** As the user named the factors; the grid sorts them. */
  private List<TournamentResult> inOrder(List<TournamentResult> results) {
    return factors.stream()
        .distinct()
        .map(n -> results.stream().filter(result -> result.n() == n).findFirst().orElseThrow())
        .toList();
  }

  private void show(List<TournamentResult> results, List<OnPolicy.Outcome> offsets) {
    RunRecord record =
        Provenance.record(words, List.of(), table.seed(), Map.of("delta", table.delta()));
    ObjectNode json = CoverageJson.select(results);
    List<Section> more = new ArrayList<>();
    List<Table> tables = new ArrayList<>();
    results.forEach(result -> tables.add(CoveragePages.candidates(result)));
    if (!offsets.isEmpty()) {
      json.set("offset", OnPolicy.json(offsets));
      Table scores = OnPolicy.table(offsets);
      more.add(Section.of("Offset tournament", scores));
      tables.add(scores);
    }
    json.set("run", record.json());
    study.show(console, "select", json, CoveragePages.select(results, more, record), tables);
    if (!study.isJson()) {
      for (TournamentResult result : results) {
        console.print(
            "N = " + CoveragePages.factor(result.n()) + ". " + CoveragePages.verdict(result));
      }
      console.print(CoveragePages.worstIntervals(results.getFirst()));
    }
  }
}
