package io.tailwalk.runs.sample;

import io.tailwalk.runs.work.Watch;
import io.tailwalk.sampling.Sampler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Answers a set of prompts by one recipe. */
public final class PromptBatch {
  private PromptBatch() {}

  /**
   * Returns the results, in the order of the prompts.
   *
   * @throws CancellationException if the run was interrupted
   */
  public static List<PromptResult> run(
      PromptRunner runner, List<PromptJob> jobs, int parallel, Watch watch) {
    List<PromptResult> results = new ArrayList<>();
    new GenerateRun(runner, parallel, watch).run(jobs, results::add);
    watch.check();
    return results;
  }

  /** Returns a recipe with another sampler and budget of model tokens. */
  public static Recipe with(Recipe recipe, Sampler sampler, long modelTokens) {
    return recipe.with(sampler, recipe.budget().withModelTokens(modelTokens));
  }
}
