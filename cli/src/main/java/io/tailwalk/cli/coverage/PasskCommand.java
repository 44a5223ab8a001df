package io.tailwalk.cli.coverage;

import io.tailwalk.console.Console;
import io.tailwalk.console.ExitCode;
import io.tailwalk.console.flags.FilesFlag;
import io.tailwalk.console.flags.Require;
import io.tailwalk.console.flags.StudyOptions;
import io.tailwalk.runs.checkpoints.PassOptions;
import io.tailwalk.runs.checkpoints.PassRun;
import io.tailwalk.runs.checkpoints.PasskStudy;
import io.tailwalk.runs.checkpoints.RewardRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Command {@code passk}: estimates pass@k and Best-of-N from graded samples. */
@Command(
    name = "passk",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Estimate pass@k and Best-of-N from graded samples, and compare runs prompt by prompt.",
      "Plain draws are counted without bias up to their number. Beyond it, and for samplers that"
          + " return only passing completions, pass@k is computed from the success probabilities"
          + " that generate stores in FILE.run.json. These values are corrected to second order if"
          + " a standard error is known and small enough; rely on the ends of their intervals. The"
          + " field 'bias' in the JSON shows in which direction a value errs.",
      "Intervals refer to the distribution that the prompts were drawn from, and are asymptotic"
          + " (Gaffke's bound: coverage close to 95%% or above in every measured case, without a"
          + " general proof). The JSON states the kind of every end."
    })
public final class PasskCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Option(
      names = "--samples",
      required = true,
      arity = "1..*",
      parameterConsumer = FilesFlag.class,
      paramLabel = "[NAME=]FILE",
      description =
          "Runs: files written by generate, tables with a task and passed or a reward, results of"
              + " human-eval and EvalPlus, samples of lm-evaluation-harness, logs of Inspect,"
              + " rollouts of verl, OpenRLHF and TRL; JSON lines, JSON, CSV, TSV or Parquet, also"
              + " .gz; - is standard input. A quoted pattern, or a name given with each file, makes"
              + " one run of several files. Several runs are compared pairwise on the same prompts.")
  private List<String> samples = new ArrayList<>();

  @Option(
      names = "--k",
      split = ",",
      paramLabel = "K[,K...]",
      hideParamSyntax = true,
      description = "Values of k. Default: 1, 2, 4 and so on, as far as every prompt has samples.")
  private List<Long> ks = new ArrayList<>();

  @Option(
      names = "--delta",
      paramLabel = "D",
      defaultValue = "0.05",
      description = "Error probability of each interval. Default: ${DEFAULT-VALUE}.")
  private double delta;

  @Option(
      names = "--reward-range",
      split = ",",
      arity = "1",
      paramLabel = "LOW,HIGH",
      hideParamSyntax = true,
      description =
          "Smallest and largest reward that the verifier can return, for the intervals of"
              + " Best-of-N, such as 0,1 for pass or fail. Without it, the rewards have no known"
              + " bound, and these intervals are open for fewer than 20 prompts.")
  private List<Double> rewardRange = new ArrayList<>();

  @Option(
      names = "--power",
      description =
          "Show for each difference of two runs how many more prompts, or samples per prompt, would"
              + " settle it.")
  private boolean power;

  @Mixin private final SampleFlags flags = new SampleFlags();
  @Mixin private final StudyOptions study = new StudyOptions();

  /**
   * Creates the command with output to the given console.
   *
   * @param words the command line, stored in the run record
   */
  public PasskCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    Require.probability("--delta", delta);
    ks.forEach(k -> Require.atLeast("--k", k, 1));
    Require.that(
        rewardRange.isEmpty() || rewardRange.size() == 2,
        "--reward-range accepts two numbers, the lower first, as in 0,1, got " + rewardRange);
    Optional<RewardRange> rewards =
        rewardRange.isEmpty()
            ? Optional.empty()
            : Optional.of(new RewardRange(rewardRange.getFirst(), rewardRange.getLast()));
    PassOptions graded = flags.options();
    study.prepare();
    List<PassRun> runs = PassRun.parse(samples, graded);
    Require.that(
        !power || runs.size() > 1, "--power is about the difference of runs; give two or more");
    PasskStudy question = PasskStudy.of(runs, ks, delta).power(power);
    study.show(console, rewards.map(question::rewards).orElse(question).study(words));
    return ExitCode.OK;
  }
}
