package io.tailwalk.lab.codetests;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.lab.Experiment;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.lab.SharedDistributions;
import io.tailwalk.lab.WatchedRun;
import io.tailwalk.lab.WholeBudget;
import io.tailwalk.lab.codetests.FunctionResults.CodeRun;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Sampling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Valid test cases for Python functions (arXiv 2510.03149, code generation; its Table 3 compares
 * lengths and types of test cases): measures which samplers preserve the model's own distribution
 * among the lines that pass.
 *
 * @param settings scale and seed; only the model's arithmetic uses threads
 * @param plan sizes
 * @param model model to sample from
 * @param verifier runs the prompt followed by a line, and reports why it fails
 */
public record CodeExperiment(
    ExperimentSettings settings, CodePlan plan, LanguageModel model, Verifier verifier)
    implements Experiment {
  /** The name on the command line. */
  public static final String NAME = "code-tests";

  /** Memory for distributions that runs share. */
  private static final long DISTRIBUTION_BYTES = 1L << 30;

  private static final int EXAMPLES = 8;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String claim() {
    return "every returned line is a test case that passes; at equal model tokens, the lengths of"
        + " value-guided backtracking's lines are closer to those of the model's own passing lines"
        + " than the lengths of sampling without backtracking, on the average over "
        + TestedFunction.values().length
        + " functions, and the kinds are not further away";
  }

  @Override
  public Finding run(Watch watch) {
    CodeResults results = results(watch);
    var verdict = CodeVerdict.of(results);
    return Finding.of(
        this,
        verdict,
        CodeFigures.json(this, results, verdict),
        new CodePage(this, results).sections(verdict));
  }

  private CodeResults results(Watch watch) {
    List<Entry> entries = Entry.of(plan);
    List<FunctionResults> functions = new ArrayList<>();
    var progress =
        new Progress(watch, TestedFunction.values().length * (1 + entries.size() * plan.repeats()));
    for (TestedFunction function : TestedFunction.values()) {
      long seed = Streams.key(settings.seed(), functions.size());
      functions.add(results(function, seed, entries, progress));
    }
    return new CodeResults(functions, Streams.key(settings.seed(), -2));
  }

  private FunctionResults results(
      TestedFunction function, long seed, List<Entry> entries, Progress progress) {
    Map<String, List<CodeRun>> runs = new LinkedHashMap<>();
    var calls = new CallResults(function, verifier);
    var task = new CodeTask(function, calls);
    try (var shared = new SharedDistributions(model, DISTRIBUTION_BYTES)) {
      Sampling target =
          sample(
              shared,
              task,
              WholeBudget.sampler("action-importance", Map.of()),
              options(plan.reference(), Streams.key(seed, -1)),
              progress.next(function.symbol() + ", target"));
      for (Entry entry : entries) {
        List<CodeRun> ofEntry = new ArrayList<>();
        for (int repeat = 0; repeat < plan.repeats(); repeat++) {
          RunOptions options = options(plan.budget(), Streams.key(seed, repeat));
          Watch here = progress.next(function.symbol() + ", " + entry.label());
          ofEntry.add(run(sample(shared, task, entry.sampler(), options, here), calls));
        }
        runs.put(entry.label(), ofEntry);
      }
      return new FunctionResults(
          function,
          target.outcomes().stream().filter(line -> line.weight() > 0).toList(),
          target.diagnostics().effectiveSampleSize(),
          target.cost().modelTokens(),
          target.successProbability().value(),
          runs,
          Streams.key(seed, -2));
    }
  }

  private static RunOptions options(long modelTokens, long seed) {
    return RunOptions.of(EXAMPLES, Budget.ofModelTokens(modelTokens), seed).toTheEndOfTheBudget();
  }

  /** Counts the runs. */
  private static final class Progress {
    private final Watch watch;
    private final int total;
    private int done;

    Progress(Watch watch, int total) {
      this.watch = watch;
      this.total = total;
    }

    /** Announces the next run; its watch reports only where the run is. */
    Watch next(String what) {
      int here = done++;
      watch.step(here, total, what);
      return (_, _, _) -> watch.at(here, total, what);
    }
  }

  private static CodeRun run(Sampling sampling, CallResults calls) {
    List<Completion> returned =
        sampling.outcomes().stream().filter(outcome -> outcome.weight() > 0).toList();
    Set<String> lines = returned.stream().map(Completion::text).collect(Collectors.toSet());
    int passing = (int) lines.stream().filter(calls::passes).count();
    return new CodeRun(
        CaseDistribution.of(returned),
        lines.size(),
        passing,
        sampling.cost().modelTokens(),
        sampling.draws().isEmpty() ? "" : sampling.draws().getFirst().text());
  }

  private static Sampling sample(
      SharedDistributions shared, CodeTask task, Sampler sampler, RunOptions options, Watch watch) {
    return WatchedRun.of(listener -> task.run(shared, sampler, options, listener), watch);
  }
}
