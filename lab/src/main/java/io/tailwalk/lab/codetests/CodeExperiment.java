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
 * Valid test cases for a Python function (arXiv 2510.03149, code generation; its Table 3 compares
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
    return "every returned line is a test case that passes, and the lines of auto are closer to the"
        + " model's own passing lines than those of sampling without backtracking at equal model"
        + " tokens, measured by their mean log-probability under the model";
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
    List<Entry> entries = Entry.all(plan.budget());
    int total = 1 + entries.size() * plan.repeats();
    Map<String, List<CodeResults.CodeRun>> runs = new LinkedHashMap<>();
    var calls = new CallResults(verifier);
    var task = new CodeTask(calls);
    try (var shared = new SharedDistributions(model, DISTRIBUTION_BYTES)) {
      watch.step(0, total, "the target");
      Sampler weighted = WholeBudget.sampler("action-importance", Map.of());
      RunOptions options =
          RunOptions.of(EXAMPLES, Budget.ofModelTokens(plan.reference()), key(-1))
              .toTheEndOfTheBudget();
      Sampling target =
          sample(shared, task, weighted, options, (_, _, _) -> watch.at(0, total, "target"));
      int done = 1;
      for (Entry entry : entries) {
        List<CodeResults.CodeRun> ofEntry = new ArrayList<>();
        for (int repeat = 0; repeat < plan.repeats(); repeat++) {
          int sofar = done++;
          watch.step(sofar, total, entry.label());
          RunOptions ofRun =
              RunOptions.of(EXAMPLES, Budget.ofModelTokens(plan.budget()), key(repeat))
                  .toTheEndOfTheBudget();
          Watch here = (_, _, _) -> watch.at(sofar, total, entry.label());
          ofEntry.add(run(sample(shared, task, entry.sampler(), ofRun, here), calls));
        }
        runs.put(entry.label(), ofEntry);
      }
      return new CodeResults(
          target.outcomes().stream().filter(line -> line.weight() > 0).toList(),
          target.diagnostics().effectiveSampleSize(),
          target.cost().modelTokens(),
          target.successProbability().value(),
          runs,
          key(-2));
    }
  }

  private long key(int piece) {
    return Streams.key(settings.seed(), piece);
  }

  private CodeResults.CodeRun run(Sampling sampling, CallResults calls) {
    List<Completion> returned =
        sampling.outcomes().stream().filter(outcome -> outcome.weight() > 0).toList();
    Set<String> lines = returned.stream().map(Completion::text).collect(Collectors.toSet());
    int passing = (int) lines.stream().filter(calls::passes).count();
    return new CodeResults.CodeRun(
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
