package io.tailwalk.cli.coverage;

import io.tailwalk.cli.ExitCode;
import io.tailwalk.cli.FilesFlag;
import io.tailwalk.cli.Require;
import io.tailwalk.cli.console.Console;
import io.tailwalk.cli.generate.StudyOptions;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.verify.Rewards;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.records.RunRecord;
import io.tailwalk.runs.checkpoints.PassRun;
import io.tailwalk.runs.checkpoints.PasskFigures;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.Provenance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** pass@k and Best-of-N of graded samples. */
@Command(
    name = "passk",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Estimate pass@k and Best-of-N from graded samples, and compare runs prompt by prompt.",
      "Plain draws are counted without bias up to their number; beyond it, and for samplers that"
          + " return only what passes, pass@k comes from the success probabilities that generate keeps in"
          + " FILE.run.json. The values of such points are corrected to second order where a"
          + " standard error is known and small enough; rely on their ends. 'bias' in the JSON says"
          + " which way a value errs.",
      "Intervals speak of the distribution that the prompts were drawn from, and are asymptotic"
          + " (Gaffke's bound, close to 95%% or above in every case measured, without a general"
          + " proof). Every end has its kind beside it in the JSON."
    })
public final class PasskCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> words;

  @Option(
      names = "--samples",
      required = true,
      arity = "1..*",
      parameterConsumer = FilesFlag.class,
      paramLabel = "[NAME=]FILE.jsonl",
      description =
          "Runs: what generate writes, or {\"task_id\", \"completion\", \"passed\"} a line. Several"
              + " are compared pairwise on the same prompts.")
  private List<String> samples = new ArrayList<>();

  @Option(
      names = "--k",
      split = ",",
      paramLabel = "K[,K...]",
      description = "Default: 1, 2, 4 and so on as far as every prompt has samples.")
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
      description =
          "The least and the greatest reward that the verifier can give, for the intervals of"
              + " Best-of-N, such as 0,1 for pass or fail. Without it nothing bounds the rewards, and"
              + " these intervals are open below 20 prompts.")
  private List<Double> rewardRange = new ArrayList<>();

  @Mixin private final StudyOptions study = new StudyOptions();

  /**
   * Shows on the given console.
   *
   * @param words the command line, for the record
   */
  public PasskCommand(Console console, List<String> words) {
    this.console = console;
    this.words = List.copyOf(words);
  }

  @Override
  public Integer call() {
    Require.probability("--delta", delta);
    ks.forEach(k -> Require.atLeast("--k", k, 1));
    Interval range = range();
    study.prepare();
    List<PassRun> runs = runs();
    PasskFigures figures;
    try {
      figures = PasskFigures.of(runs, ks(runs), delta, range);
    } catch (CoverageException e) {
      throw new InputException("--samples: " + e.getMessage(), e);
    }
    RunRecord record = Provenance.record(words, List.of(), 0, Map.of("delta", delta));
    study.show(console, "passk", figures.json(record), figures.page(record), figures.tables());
    if (!study.isJson()) {
      console.print(figures.words());
    }
    return ExitCode.OK;
  }

  private Interval range() {
    if (rewardRange.isEmpty()) {
      return Interval.NON_NEGATIVE;
    }
    if (rewardRange.size() != 2
        || !(rewardRange.getFirst() < rewardRange.getLast())
        || rewardRange.stream().anyMatch(end -> Math.abs(end) > Rewards.LARGEST)) {
      throw new InputException(
          "--reward-range takes two numbers up to 1e300 in size, the lower first, as in 0,1, got "
              + rewardRange.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    return Interval.certain(rewardRange.getFirst(), rewardRange.getLast());
  }

  private List<PassRun> runs() {
    List<PassRun> runs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String flag : samples) {
      int equals = flag.indexOf('=');
      boolean named = equals > 0 && !flag.substring(0, equals).contains("/");
      Path file = Path.of(named ? flag.substring(equals + 1) : flag);
      Require.that(
          !file.toString().isEmpty(), "--samples " + flag + " names no file; give NAME=FILE.jsonl");
      String name =
          named
              ? flag.substring(0, equals)
              : String.valueOf(file.getFileName()).replaceFirst("\\.jsonl$", "");
      if (!names.add(name)) {
        throw new InputException(
            "--samples: two runs are called '" + name + "'; name them apart, as in NAME=" + file);
      }
      runs.add(PassRun.read(file, name));
    }
    return runs;
  }

  private List<Long> ks(List<PassRun> runs) {
    if (!ks.isEmpty()) {
      return ks.stream().sorted().distinct().toList();
    }
    long most = runs.stream().mapToLong(PassRun::countable).filter(n -> n > 0).min().orElse(1024);
    List<Long> powers = new ArrayList<>();
    for (long k = 1; k <= most; k *= 2) {
      powers.add(k);
    }
    return powers;
  }
}
