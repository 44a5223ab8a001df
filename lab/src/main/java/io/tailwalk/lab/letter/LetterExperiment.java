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
 * a fixed number of tokens without the letter e, their log-probability under another model, against
 * locally constrained decoding at equal model tokens. The paper's judges were GPT-4o-mini and a
 * model of 1.5 billion parameters; here it is the one handed in.
 *
 * @param settings how much is run; the models' arithmetic alone uses threads
 * @param plan sizes
 * @param model what is sampled, at the temperature it has
 * @param judge another model
 */
public record LetterExperiment(
    ExperimentSettings settings, LetterPlan plan, LanguageModel model, LanguageModel judge)
    implements Experiment {
  /** Its name on the command line. */
  public static final String NAME = "letter-avoidance";

  /**
   * Temperature of the sampled model on the command line. The paper's is not known to us; at 1 a
   * model of this size writes so much noise that samplers hardly differ.
   */
  public static final double TEMPERATURE = 0.7;

  /** Memory for distributions that runs share. */
  private static final long DISTRIBUTION_BYTES = 1L << 30;

  /** With the sizes of the scale; both models stay the caller's to close. */
  public LetterExperiment(ExperimentSettings settings, LanguageModel model, LanguageModel judge) {
    this(settings, LetterPlan.of(settings.scale()), model, judge);
  }

  /**
   * The same with another number of runs of each sampler on each prompt.
   *
   * @throws IllegalArgumentException if there are fewer than two
   */
  public LetterExperiment withRepeats(int repeats) {
    return new LetterExperiment(settings, plan.withRepeats(repeats), model, judge);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String claim() {
    return "every returned completion is of full length and without the letter e, and those of auto,"
        + " which does not depend on alpha here, are at least as probable under another model as those of sampling"
        + " without backtracking at equal model tokens";
  }

  @Override
  public Finding run(Watch watch) {
    var results = new LetterResults(plan, runs(watch));
    var verdict = LetterVerdict.of(results);
    return Finding.of(
        this,
        verdict,
        LetterFigures.json(this, results, verdict),
        new LetterPage(this, results).sections(verdict));
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
   * All contenders of a pair have the same seed, so that only what differs between them differs.
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
