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
 * and with seeds that no rollout had. Each run has the default budget of one completion, and
 * children are made as they would be by default on either side.
 *
 * @param recipe the request: sampler, verifier, memory of trees
 * @param settings settings with which the value was learned
 * @param jobs the prompt of each pair of runs; their ids are those of no rollout
 */
record ValuePilot(Recipe recipe, ValueSettings settings, List<PromptJob> jobs) {
  private static final long SEED = 0x9110;
  private static final int LEAST_PAIRS = 8;
  private static final int MOST_PAIRS = 10_000;
  private static final double DELTA = 0.05;

  /** Keeps a copy. */
  ValuePilot {
    jobs = List.copyOf(jobs);
  }

  /**
   * A pilot with as many pairs of runs as the tokens of the settings allow; empty if the settings
   * request none.
   *
   * @throws InputException if the tokens are too few
   */
  static Optional<ValuePilot> of(Recipe recipe, ValueSettings settings, List<PromptJob> jobs) {
    if (settings.pilotTokens() == 0) {
      return Optional.empty();
    }
    long pairs = settings.pilotTokens() / settings.runTokens();
    if (pairs < LEAST_PAIRS) {
      throw InputException.about(
          "pilot-tokens",
          settings.pilotTokens()
              + " are too few for "
              + Plural.of(LEAST_PAIRS, "pair")
              + " of runs of "
              + Plural.of(settings.runTokens(), "model token")
              + "; give at least "
              + LEAST_PAIRS * settings.runTokens()
              + ", or 0 for no pilot");
    }
    int count = Math.toIntExact(Math.min(MOST_PAIRS, pairs));
    return Optional.of(new ValuePilot(recipe, settings, pairs(jobs, count)));
  }

  /** The prompts in turn, or as many as are needed, evenly chosen. */
  private static List<PromptJob> pairs(List<PromptJob> jobs, int count) {
    int prompts = Math.min(count, jobs.size());
    List<PromptJob> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PromptJob job = jobs.get((int) ((long) (i % prompts) * jobs.size() / prompts));
      pairs.add(new PromptJob(i, job.id() + " pilot " + (i / prompts + 1), job.prompt()));
    }
    return pairs;
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
        settings.runTokens(),
        side(with),
        side(without),
        RatioOfMeans.of(perToken(with), perToken(without), DELTA));
  }

  private List<Sampling> runs(
      LanguageModel model, Optional<Guide> value, int parallel, Watch watch) {
    var runner = PromptRunner.toTheEndOfTheBudget(model, recipe(model, value));
    return PromptBatch.run(runner, jobs, parallel, watch).stream()
        .map(PromptResult::sampling)
        .toList();
  }

  private Recipe recipe(LanguageModel model, Optional<Guide> value) {
    return new Recipe(
        recipe.sampler(),
        recipe.verifier(),
        value,
        Guide.children(recipe.verifier(), value, model.capabilities()),
        1,
        settings.maxTokens(),
        settings.temperature(),
        settings.stop(),
        recipe.budget().withModelTokens(settings.runTokens()),
        Streams.key(settings.seed(), SEED),
        recipe.testTimeRate());
  }

  private static double effective(Sampling run) {
    return Math.min(run.diagnostics().effectiveSampleSize(), (double) run.cost().modelTokens());
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
