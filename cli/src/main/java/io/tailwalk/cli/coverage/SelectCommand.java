package io.tailwalk.cli.coverage;

import io.tailwalk.console.Console;
import io.tailwalk.console.ConsoleWatch;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.flags.Require;
import io.tailwalk.console.flags.Stray;
import io.tailwalk.console.flags.StudyOptions;
import io.tailwalk.runs.checkpoints.PassRun;
import io.tailwalk.runs.checkpoints.RaceStudy;
import io.tailwalk.runs.checkpoints.ScoredModel;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.Pairs;
import io.tailwalk.runs.work.Study;
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

/** Command {@code select}: chooses a checkpoint by tournament. */
@Command(
    name = "select",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Choose among models by tournament on the same held-out responses: the winner is the model"
          + " whose worst share of responses under-weighted by N or more against a rival is"
          + " smallest. No reference distribution is needed.",
      "As a rule of thumb for Best-of-N, choose at half its N."
    })
public final class SelectCommand implements Callable<Integer> {
  private static final String NOT_FOR_RACE =
      "cannot be combined with --race, which scores the responses itself; leave it out";
  private static final String[] TABLE_FLAGS = {
    "--cluster", "--replicates", "--columns", "--on-policy", "--offset", "--power", "--samples"
  };

  private final Console console;
  private final List<String> words;

  @Option(
      names = "--n",
      required = true,
      split = ",",
      paramLabel = "N[,N...]",
      hideParamSyntax = true,
      description = "Factors N; the choice at the first factor is at the top level of the JSON.")
  private List<Double> factors = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final TableOptions table = new TableOptions();

  @Option(
      names = "--on-policy",
      paramLabel = "MODEL=FILE",
      description =
          "Score table of one candidate's generations under all candidates; if every candidate has"
              + " one, the offset tournament is also run.")
  private List<String> onPolicy = List.of();

  @Option(
      names = "--offset",
      paramLabel = "A",
      defaultValue = "0.25",
      description = "Exponent of the offset tournament, gamma = N^A. Default: ${DEFAULT-VALUE}.")
  private double offset;

  @Option(
      names = "--power",
      description =
          "Show for the difference of two models how many more prompts would settle it. Two models"
              + " only.")
  private boolean power;

  @Option(
      names = "--samples",
      paramLabel = "MODEL=FILE",
      description =
          "Graded samples of one candidate, in the forms that passk reads: adds its pass@1 and"
              + " pass@N to what reinforcement learning would find to reinforce.")
  private List<String> samples = List.of();

  @Mixin private final RaceFlags race = new RaceFlags();
  @Mixin private final StudyOptions study = new StudyOptions();

  /**
   * Creates the command with output to the given console.
   *
   * @param words the command line, stored in the run record
   */
  public SelectCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    table.check();
    double[] ns = Factors.of("--n", factors);
    Require.that(offset >= 0 && offset <= 0.5, "--offset must be between 0 and 0.5, got " + offset);
    if (race.isWanted()) {
      // Picocli does not report a flag as matched if FilesFlag consumed its values.
      Require.that(!table.hasScores(), "--scores " + NOT_FOR_RACE);
      Stray.refuse(spec, NOT_FOR_RACE, TABLE_FLAGS);
      race.check();
      study.prepare();
      return race();
    }
    Stray.refuse(spec, "requires --race; give both or neither", RaceFlags.OTHERS);
    Map<String, String> generations = Pairs.of("--on-policy", "MODEL=FILE", onPolicy);
    if (generations.isEmpty()) {
      Stray.refuse(spec, "requires --on-policy; give both or neither", "--offset");
    }
    study.prepare();
    Pairs.of("--samples", "MODEL=FILE", samples);
    List<PassRun> graded = samples.isEmpty() ? List.of() : PassRun.parse(samples);
    Study answer =
        table
            .of(table.scores().tournament().n(ns))
            .study(words, generations, offset, power, graded);
    study.show(console, answer);
    if (!study.quiet()) {
      answer.warnings().forEach(console::tell);
    }
    return ExitCode.OK;
  }

  private int race() {
    if (factors.size() != 1) {
      throw new InputException("--race decides at a single N; give one factor with --n");
    }
    var course =
        new RaceStudy.Course(
            race.data(table.allChoices()),
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
      console.tell("interrupted; no file was written");
      return ExitCode.FAILED;
    }
    study.show(console, result.study(words, table.seed()));
    if (!study.quiet()) {
      result.remarks().forEach(console::tell);
    }
    return ExitCode.OK;
  }
}
