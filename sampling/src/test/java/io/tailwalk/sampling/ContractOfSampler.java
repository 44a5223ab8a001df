package io.tailwalk.sampling;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.TargetDistribution;
import io.tailwalk.testkit.ExactDistribution;
import io.tailwalk.testkit.SamplerContract;
import io.tailwalk.testkit.SamplerRun;
import io.tailwalk.testkit.SamplerTask;
import io.tailwalk.testkit.TokenSequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The testkit's contract for a {@link Sampler}: extend it and name the sampler. The testkit does
 * not depend on this module, so runs are put into its types here.
 */
public abstract class ContractOfSampler extends SamplerContract {

  /** The sampler under test. */
  protected abstract Sampler sampler();

  /** A sampler that declares a bias has no distribution to test unless a test states it. */
  @Override
  protected Optional<Map<TokenSequence, Double>> distribution(
      SamplerTask task, ExactDistribution exact) {
    return sampler().targetDistribution() == TargetDistribution.BIASED
        ? Optional.empty()
        : super.distribution(task, exact);
  }

  @Override
  protected SamplerRun run(SamplerTask task, int n, Budget budget, long seed) {
    try (var context =
        task.model()
            .open(task.model().encode(task.prompt()), new ContextOptions(task.maxTokens(), 16))) {
      var problem =
          new SamplingProblem(
              task.prompt(),
              task.model().vocabulary(),
              context,
              task.verifier(),
              task.value(),
              new ExpansionRule.Enumerate(),
              task.maxTokens(),
              List.of());
      return of(sampler().run(problem, RunOptions.of(n, budget, seed), SamplingListener.NONE));
    }
  }

  private static SamplerRun of(Sampling sampling) {
    Map<TokenSequence, Double> outcomes = new HashMap<>();
    sampling.outcomes().forEach(c -> outcomes.put(new TokenSequence(c.tokenIds()), c.weight()));
    return new SamplerRun(
        sampling.draws().stream()
            .map(c ->
                new SamplerRun.Draw(new TokenSequence(c.tokenIds()), c.logProb(), c.logReward()))
            .toList(),
        outcomes,
        sampling.successProbability(),
        sampling.cost(),
        sampling.stopReason());
  }
}
