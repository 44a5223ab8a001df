package io.tailwalk.lab.letter;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.random.Streams;
import io.tailwalk.lab.Experiment;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.lab.SharedDistributions;
import io.tailwalk.lab.WatchedRun;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampling;
import java.util.ArrayList;
import java.util.List;

/**
 * Letter avoidance (arXiv 2510.03149, Section 5 and Figure 3) with a language model: completions of
 * a fixed number of tokens without the letter e, and their log-probability under another model,
 * compared with locally constrained decoding at equal model tokens. The paper's judges were
 * GPT-4o-mini and a model of 1.5 billion parameters; here the judge is a parameter.
 *
 * @param settings scale and seed; only the models' arithmetic uses threads
 * @param plan sizes of the runs of all samplers, which are shown beside the verdict
 * @param duels sizes of the comparison of VGB with action-level sampling, which is the verdict
 * @param model model to sample from, at its own temperature
 * @param judge model that scores the completions
 */
public record LetterExperiment(
    ExperimentSettings settings,
    LetterPlan plan,
    DuelPlan duels,
    LanguageModel model,
    LanguageModel judge)
    implements Experiment {
  /** The name on the command line. */
  public static final String NAME = "letter-avoidance";

  /** Default temperature of the sampled model on the command line: the model's own distribution. */
  public static final double TEMPERATURE = 1;

  /** Memory for distributions that runs share. */
  private static final long DISTRIBUTION_BYTES = 1L << 30;

  /** The experiment with the sizes of the scale; the caller closes both models. */
  public LetterExperiment(ExperimentSettings settings, LanguageModel model, LanguageModel judge) {
    this(settings, LetterPlan.of(settings.scale()), DuelPlan.of(settings.scale()), model, judge);
  }

  /**
   * The experiment with another number of runs of each sampler on each prompt.
   *
   * @throws IllegalArgumentException if there are fewer than two runs
   */
  public LetterExperiment withRepeats(int repeats) {
    return new LetterExperiment(settings, plan.withRepeats(repeats), duels, model, judge);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String claim() {
    return "under constraints, a judge prefers the completions of VGB, each from one walk with the"
        + " paper's value, to those of sampling without backtracking, and they are not more"
        + " repetitive; every returned completion satisfies its constraint";
  }

  @Override
  public Finding run(Watch watch) {
    var results = new LetterResults(plan, runs(watch));
    DuelResults compared = compared(watch);
    var verdict = LetterVerdict.of(results, compared);
    return Finding.of(
        this,
        verdict,
        LetterFigures.json(this, results, compared, verdict),
        new LetterPage(this, results, compared).sections(verdict));
  }

  private DuelResults compared(Watch watch) {
    try (var preference = new ExampleJudge(judge);
        var judges = new RequestJudges(judge)) {
      var controls = Controls.of(preference, settings.seed());
      var runs =
          new DuelRuns(duels, Entrant.vgb(), model, preference, judges::logProb, settings.seed());
      return new DuelResults(runs.run(watch), controls);
    }
  }

  private List<LetterRun> runs(Watch watch) {
    List<LetterRun> runs = new ArrayList<>();
    List<Contender> contenders = Contender.all(plan.budget(), plan.tokens());
    int total = plan.prompts() * plan.runsOf(contenders);
    try (var shared = new SharedDistributions(model, DISTRIBUTION_BYTES)) {
      for (int prompt = 0; prompt < plan.prompts(); prompt++) {
        try (var judging = new Judge(judge, LetterTask.PROMPTS.get(prompt) + "\n")) {
          for (int repeat = 0; repeat < plan.repeats(); repeat++) {
            for (Contender contender : contenders) {
              for (double alpha : plan.alphasOf(contender, repeat)) {
                String note = contender.label() + (contender.usesAlpha() ? ", alpha " + alpha : "");
                watch.step(runs.size(), total, note);
                int done = runs.size();
                Watch here = (_, _, _) -> watch.at(done, total, note);
                Sampling sampling = sample(shared, prompt, repeat, contender, alpha, here);
                runs.add(LetterRun.of(prompt, repeat, contender, alpha, sampling, judging));
              }
            }
          }
        }
      }
    }
    return runs;
  }

  /**
   * All contenders of a pair have the same seed, so that their results differ only by the sampler.
   */
  private Sampling sample(
      SharedDistributions shared,
      int prompt,
      int repeat,
      Contender contender,
      double alpha,
      Watch watch) {
    long seed = Streams.key(settings.seed(), (long) prompt * plan.repeats() + repeat);
    RunOptions options =
        RunOptions.of(plan.n(), Budget.ofModelTokens(plan.budget()), seed).toTheEndOfTheBudget();
    double claimed = contender.usesAlpha() ? alpha : plan.alphas().getFirst();
    return WatchedRun.of(
        listener ->
            new LetterTask(plan.tokens())
                .run(
                    shared,
                    LetterTask.prompt(model, LetterTask.PROMPTS.get(prompt)),
                    claimed,
                    contender.sampler(),
                    options,
                    listener),
        watch);
  }
}
