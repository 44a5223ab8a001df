package io.tailwalk.runs.compare;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.model.Capability;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.runs.sample.PromptJob;
import io.tailwalk.runs.sample.Recipe;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.SamplingProblem;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The exact target distribution of a prompt, {@code pi(y) tau(y) / Z}, by enumerating every
 * completion that can pass if there are few enough.
 */
public final class ExactTarget {
  private ExactTarget() {}

  /**
   * Returns the distribution by token ids; empty if it needs more than {@code maxNodes} nodes, no
   * completion passes, or the model shows no distributions.
   *
   * @param maxNodes maximum number of prefixes to expand
   */
  public static Optional<Map<List<Integer>, Double>> of(
      LanguageModel model, PromptJob job, Recipe recipe, long maxNodes) {
    if (!model.capabilities().can(Capability.DISTRIBUTION)) {
      return Optional.empty();
    }
    int[] promptTokenIds = model.encode(job.prompt());
    try (ModelContext context =
        model.open(promptTokenIds, new ContextOptions(recipe.maxTokens(), 16))) {
      var problem =
          new SamplingProblem(
              job.prompt(),
              model.vocabulary(),
              context,
              recipe.verifier(),
              recipe.verifier().prefixValue(),
              new ExpansionRule.Enumerate(),
              recipe.maxTokens(),
              recipe.stop());
      var explorer =
          new Explorer(problem.treeSpec(0), context, Budget.UNLIMITED, new CostMeter(() -> 0L));
      return distribution(explorer, maxNodes);
    }
  }

  private static Optional<Map<List<Integer>, Double>> distribution(
      Explorer explorer, long maxNodes) {
    var open = new ArrayDeque<Integer>(List.of(GenerationTree.ROOT));
    var leaves = new LeafSample();
    while (!open.isEmpty()) {
      int node = open.removeFirst();
      if (explorer.meter().nodesExpanded() + open.size() >= maxNodes) {
        return Optional.empty();
      }
      explorer.expand(new int[] {node}, 1);
      if (explorer.tree().logOut(node) == Double.NEGATIVE_INFINITY) {
        continue;
      }
      addChildren(explorer, node, open, leaves);
    }
    Map<List<Integer>, Double> distribution = new HashMap<>();
    for (Completion outcome : leaves.outcomes(explorer)) {
      distribution.merge(outcome.tokenIds(), outcome.weight(), Double::sum);
    }
    return distribution.isEmpty() ? Optional.empty() : Optional.of(distribution);
  }

  private static void addChildren(
      Explorer explorer, int node, ArrayDeque<Integer> open, LeafSample leaves) {
    var children = java.util.Objects.requireNonNull(explorer.tree().children(node));
    for (int slot = 0; slot < children.count(); slot++) {
      if (children.logWeight(slot) == Double.NEGATIVE_INFINITY) {
        continue;
      }
      int child = explorer.childAt(node, slot);
      if (explorer.tree().isLeaf(child)) {
        leaves.addLog(child, explorer.tree().logPi(child) + explorer.logValue(child));
      } else {
        open.addLast(child);
      }
    }
  }

  /** Total variation between the target and a sampler's weighted sample. */
  static double distance(Map<List<Integer>, Double> target, List<Completion> outcomes) {
    Map<List<Integer>, Double> rest = new HashMap<>(target);
    outcomes.forEach(outcome -> rest.merge(outcome.tokenIds(), -outcome.weight(), Double::sum));
    return rest.values().stream().mapToDouble(Math::abs).sum() / 2;
  }
}
