package io.tailwalk.cli.generate;

import io.tailwalk.cli.console.Interrupt;
import io.tailwalk.cli.console.Progress;
import io.tailwalk.sampling.Sampler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Answers a whole prompt set by one recipe. */
public final class PromptBatch {
  private PromptBatch() {}

  /**
   * The results, in the order of the prompts.
   *
   * @throws CancellationException if interrupted on the way
   */
  public static List<PromptResult> run(
      PromptRunner runner,
      List<PromptJob> jobs,
      int parallel,
      Interrupt interrupt,
      Progress progress) {
    List<PromptResult> results = new ArrayList<>();
    new GenerateRun(runner, parallel, interrupt, progress).run(jobs, results::add);
    if (interrupt.requested()) {
      throw new CancellationException("interrupted");
    }
    return results;
  }

  /** The same recipe with another sampler and budget of model tokens. */
  public static Recipe with(Recipe recipe, Sampler sampler, long modelTokens) {
    return recipe.with(sampler, recipe.budget().withModelTokens(modelTokens));
  }
}
