package io.tailwalk.runs.value;

import io.tailwalk.core.Plural;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.random.Streams;
import io.tailwalk.runs.sample.Guide;
import io.tailwalk.runs.sample.PromptBatch;
import io.tailwalk.runs.sample.PromptJob;
import io.tailwalk.runs.sample.PromptResult;
import io.tailwalk.runs.sample.PromptRunner;
import io.tailwalk.runs.sample.Recipe;
import io.tailwalk.runs.work.InputException;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.statistics.RatioOfMeans;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs a sampler with and without a value on the same prompts, with the same number of model tokens
 * and with seeds that no rollout had. Children are made as they would be by default on either side.
 *
 * @param recipe the request: sampler, verifier, memory of trees
 * @param settings settings with which the value was learned
 * @param jobs the prompt of each pair of runs; their ids are those of no rollout
 */
record ValuePilot(Recipe recipe, ValueSettings settings, List<PromptJob> jobs) {
  private static final long SEED = 0x9110;
  private static final int LEAST_PAIRS = 8;
  private static final int MOST_PROMPTS = 16;
  private static final double DELTA = 0.05;

  /** A run shorter than this many completions of full length shows nothing. */
  private static final int LEAST_COMPLETIONS = 2;

  /** Keeps a copy. */
  ValuePilot {
    jobs = List.copyOf(jobs);
  }

  /**
   * A pilot on some of the prompts; empty if the settings request none.
   *
   * @throws InputException if its runs would be too short
   */
  static Optional<ValuePilot> of(Recipe recipe, ValueSettings settings, List<PromptJob> jobs) {
    if (settings.pilotTokens() == 0) {
      return Optional.empty();
    }
    var pilot = new ValuePilot(recipe, settings, pairs(jobs));
    long least = (long) LEAST_COMPLETIONS * settings.maxTokens() * pilot.jobs().size();
    if (settings.pilotTokens() < least) {
      throw InputException.about(
          "pilot-tokens",
          settings.pilotTokens()
              + " are too few for "
              + Plural.of(pilot.jobs().size(), "pair")
              + " of runs of two completions each; give at least "
              + least
              + ", or 0 for no pilot");
    }
    return Optional.of(pilot);
  }

  /** The prompts, or as many as are enough, evenly chosen; few prompts several times each. */
  private static List<PromptJob> pairs(List<PromptJob> jobs) {
    int prompts = Math.min(MOST_PROMPTS, jobs.size());
    int repeats = (LEAST_PAIRS + prompts - 1) / prompts;
    List<PromptJob> pairs = new ArrayList<>();
    for (int i = 0; i < prompts; i++) {
      PromptJob job = jobs.get((int) ((long) i * jobs.size() / prompts));
      for (int repeat = 1; repeat <= repeats; repeat++) {
        pairs.add(new PromptJob(pairs.size(), job.id() + " pilot " + repeat, job.prompt()));
      }
    }
    return pairs;
  }

  /** Model tokens of one run. */
  long runTokens() {
    return settings.pilotTokens() / jobs.size();
  }

  /**
   * Runs both sides.
   *
   * @param model model at the temperature of the settings
   * @param value the value
   * @param parallel number of prompts at a time
   * @throws java.util.concurrent.CancellationException if the watch ended the work
   */
  PilotFigures run(LanguageModel model, Guide value, int parallel, Watch watch) {
    List<Sampling> with =
        runs(model, Optional.of(value), parallel, watch.part("pilot with the value"));
    List<Sampling> without =
        runs(model, Optional.empty(), parallel, watch.part("pilot without the value"));
    return new PilotFigures(
        recipe.sampler().name(),
        runTokens(),
        side(with),
        side(without),
        RatioOfMeans.of(perToken(with), perToken(without), DELTA));
  }

  private List<Sampling> runs(
      LanguageModel model, Optional<Guide> value, int parallel, Watch watch) {
    var runner = PromptRunner.toTheEndOfTheBudget(model, recipe(value));
    return PromptBatch.run(runner, jobs, parallel, watch).stream()
        .map(PromptResult::sampling)
        .toList();
  }

  private Recipe recipe(Optional<Guide> value) {
    return new Recipe(
        recipe.sampler(),
        recipe.verifier(),
        value,
        Guide.children(recipe.verifier(), value),
        1,
        settings.maxTokens(),
        settings.temperature(),
        settings.stop(),
        recipe.budget().withModelTokens(runTokens()),
        Streams.key(settings.seed(), SEED),
        recipe.testTimeRate());
  }

  private static double effective(Sampling run) {
    return Math.min(
        run.diagnostics().effectiveSampleSize(), (double) run.cost().modelTokens());
  }

  private static double[] perToken(List<Sampling> runs) {
    return runs.stream()
        .mapToDouble(run -> effective(run) / Math.max(1.0, (double) run.cost().modelTokens()))
        .toArray();
  }

  private static PilotFigures.Side side(List<Sampling> runs) {
    return new PilotFigures.Side(
        runs.stream().mapToDouble(ValuePilot::effective).sum(),
        runs.stream().mapToLong(run -> run.cost().modelTokens()).sum());
  }
}
