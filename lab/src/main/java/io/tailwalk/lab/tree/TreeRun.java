package io.tailwalk.lab.tree;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.builtin.tree.FiniteTree;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.random.Streams;
import io.tailwalk.lab.Problems;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.estimate.Estimate;
import io.tailwalk.sampling.estimate.Intervals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a sampler on a finite tree, several times over, and compares with the exact law.
 *
 * @param tree the tree
 * @param sampler the sampler
 * @param budget of each run; a small tree is soon known whole, so its steps should be limited
 * @param repeats runs, at least 1
 * @param seed of all randomness
 */
public record TreeRun(FiniteTree tree, Sampler sampler, Budget budget, int repeats, long seed) {
  /** Completions asked for in a run: more than a budget of steps pays for. */
  private static final int DRAWS = 1 << 20;

  /** Refuses {@code repeats < 1}, and a tree without a target law. */
  public TreeRun {
    if (repeats < 1) {
      throw new IllegalArgumentException("repeats must be at least 1, got " + repeats);
    }
    if (tree.logZ() == Double.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException(
          "the tree " + tree.name() + " has Z = 0: no leaf with a tau above 0 can be reached");
    }
  }

  /** Runs. */
  public TreeResult run() {
    Problem problem = tree.problem();
    List<Sampling> runs = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      var options = RunOptions.of(DRAWS, budget, Streams.key(seed, i));
      runs.add(Problems.run(problem, sampler, options));
    }
    return new TreeResult(
        Math.exp(tree.logZ()), successProbability(runs), tree.target(), law(runs), meanCost(runs));
  }

  /** The mean law over the runs that saw a completion; zero everywhere if none did. */
  private Map<String, Double> law(List<Sampling> runs) {
    Map<String, Double> law = new LinkedHashMap<>();
    tree.target().keySet().forEach(id -> law.put(id, 0.0));
    List<Sampling> seeing = runs.stream().filter(run -> !run.outcomes().isEmpty()).toList();
    for (Sampling run : seeing) {
      for (Completion outcome : run.outcomes()) {
        law.merge(leaf(outcome), outcome.weight() / seeing.size(), Double::sum);
      }
    }
    return law;
  }

  private String leaf(Completion outcome) {
    int[] tokenIds = outcome.tokenIds().stream().mapToInt(Integer::intValue).toArray();
    return tree.nodes().get(tree.nodeAt(tokenIds)).id();
  }

  /** One run's own interval, or the interval of the mean over runs. */
  private static Optional<Estimate> successProbability(List<Sampling> runs) {
    if (runs.size() == 1 || runs.getFirst().successProbability().isEmpty()) {
      return runs.getFirst().successProbability();
    }
    double[] values =
        runs.stream()
            .mapToDouble(run -> run.successProbability().map(Estimate::value).orElse(0.0))
            .toArray();
    boolean unbiased =
        runs.stream()
            .allMatch(run -> run.successProbability().map(Estimate::unbiased).orElse(false));
    return Optional.of(
        Intervals.positiveMean(values, unbiased, "mean over " + runs.size() + " runs"));
  }

  private static Map<String, Double> meanCost(List<Sampling> runs) {
    Cost sum = runs.stream().map(Sampling::cost).reduce(Cost.ZERO, Cost::plus);
    double n = runs.size();
    Map<String, Double> mean = new LinkedHashMap<>();
    mean.put("model_tokens", sum.modelTokens() / n);
    mean.put("model_calls", sum.modelCalls() / n);
    mean.put("nodes_expanded", sum.nodesExpanded() / n);
    mean.put("value_calls", sum.valueCalls() / n);
    mean.put("verifier_calls", sum.verifierCalls() / n);
    mean.put("steps", sum.steps() / n);
    return mean;
  }
}
