package io.tailwalk.cli.coverage;

import io.tailwalk.console.Console;
import io.tailwalk.console.ConsoleWatch;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.flags.Pairs;
import io.tailwalk.console.flags.Require;
import io.tailwalk.console.flags.Stray;
import io.tailwalk.console.flags.StudyOptions;
import io.tailwalk.runs.checkpoints.RaceStudy;
import io.tailwalk.runs.checkpoints.ScoredModel;
import io.tailwalk.runs.checkpoints.Scores;
import io.tailwalk.runs.work.InputException;
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

/** Chooses a checkpoint by tournament. */
@Command(
    name = "select",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Choose among models by tournament on the same held-out responses: the one whose worst share"
          + " of responses under-weighted by N or more against a rival is smallest. Needs no"
          + " reference distribution.",
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
    double[] ns = Factors.of("--n", factors);
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
    study.show(
        console,
        table.of(Scores.read(table.scores()).tournament().n(ns)).study(words, generations, offset));
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
      result = RaceStudy.run(candidates, race.flags().settings(), course, watch);
    } catch (CancellationException e) {
      console.tell("interrupted; nothing is written");
      return ExitCode.FAILED;
    }
    study.show(console, result.study(words, table.seed()));
    return ExitCode.OK;
  }
}
