package io.tailwalk.runs.tail;

import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.runs.sample.KeptResults;
import io.tailwalk.runs.sample.PromptBatch;
import io.tailwalk.runs.sample.PromptJob;
import io.tailwalk.runs.sample.PromptResult;
import io.tailwalk.runs.sample.PromptRunner;
import io.tailwalk.runs.sample.Recipe;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.sampling.Samplers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures the success probability of prompts by a sampler and by additional plain draws. */
public final class TailStudy {
  private TailStudy() {}

  /**
   * Runs the sampler and the plain draws on every prompt.
   *
   * @param model model at the recipe's temperature
   * @param measureTokens model tokens per prompt for the plain draws
   * @param kept keeps the results as they come
   * @param parallel number of prompts at a time
   * @throws java.util.concurrent.CancellationException if the watch ended the work
   */
  public static TailFigures run(
      LanguageModel model,
      Recipe recipe,
      List<PromptJob> jobs,
      long measureTokens,
      int parallel,
      Watch watch,
      KeptResults kept) {
    Recipe plain = PromptBatch.with(recipe, Samplers.create("best-of-n", Map.of()), measureTokens);
    List<PromptResult> estimated =
        kept.pass(new PromptRunner(model, recipe), jobs, parallel, watch);
    List<PromptResult> measured = kept.pass(new PromptRunner(model, plain), jobs, parallel, watch);
    List<TailPrompt> all = new ArrayList<>();
    for (int i = 0; i < estimated.size(); i++) {
      all.add(TailPrompt.of(estimated.get(i), measured.get(i)));
    }
    return new TailFigures(all, recipe.verifier().passesOrFails());
  }
}
