package io.tailwalk.lab.tree;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.builtin.tree.FiniteTree;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.random.Streams;
import io.tailwalk.lab.PrintedInterval;
import io.tailwalk.lab.Problems;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Sampling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Runs a sampler on a finite tree, once or several times, and compares with the exact distribution.
 *
 * @param tree the tree
 * @param sampler the sampler
 * @param budget budget of each run; a small tree is soon known exactly, so limit the steps
 * @param repeats number of runs, at least 1
 * @param seed seed of all randomness
 */
public record TreeRun(FiniteTree tree, Sampler sampler, Budget budget, int repeats, long seed) {
  /** Requested completions per run: more than any budget of steps allows. */
  private static final int DRAWS = 1 << 20;

  /** Refuses {@code repeats < 1}. */
  public TreeRun {
    if (repeats < 1) {
      throw new IllegalArgumentException("repeats must be at least 1, got " + repeats);
    }
  }

  /** Runs the sampler and compares. */
  public TreeResult run() {
    Problem problem = tree.problem();
    List<Sampling> runs = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      var options = RunOptions.of(DRAWS, budget, Streams.key(seed, i));
      runs.add(Problems.run(problem, sampler, options));
    }
    double z = Math.exp(tree.logZ());
    List<Optional<Estimate>> estimates =
        runs.stream().map(run -> Optional.of(run.successProbability())).toList();
    List<PrintedInterval> printed =
        estimates.stream().map(estimate -> PrintedInterval.of(estimate, z)).toList();
    return new TreeResult(
        z,
        RepeatedEstimates.of(estimates),
        share(printed, PrintedInterval::holds),
        share(printed, PrintedInterval::isOpen),
        exactDistribution(),
        distribution(runs),
        meanCost(runs));
  }

  private static double share(List<PrintedInterval> runs, Predicate<PrintedInterval> property) {
    return (double) runs.stream().filter(property).count() / runs.size();
  }

  /** The target distribution; zero everywhere if {@code Z = 0}. */
  private Map<String, Double> exactDistribution() {
    return tree.logZ() == Double.NEGATIVE_INFINITY ? zeros() : tree.target();
  }

  private Map<String, Double> zeros() {
    Map<String, Double> zeros = new LinkedHashMap<>();
    for (int node = 0; node < tree.nodes().size(); node++) {
      if (tree.isLeaf(node)) {
        zeros.put(tree.nodes().get(node).id(), 0.0);
      }
    }
    return zeros;
  }

  /** The mean distribution over the runs that saw a completion; zero everywhere if no run did. */
  private Map<String, Double> distribution(List<Sampling> runs) {
    Map<String, Double> distribution = zeros();
    List<Sampling> seeing = runs.stream().filter(run -> !run.outcomes().isEmpty()).toList();
    for (Sampling run : seeing) {
      for (Completion outcome : run.outcomes()) {
        distribution.merge(leaf(outcome), outcome.weight() / seeing.size(), Double::sum);
      }
    }
    return distribution;
  }

  private String leaf(Completion outcome) {
    int[] tokenIds = outcome.tokenIds().stream().mapToInt(Integer::intValue).toArray();
    return tree.nodes().get(tree.nodeAt(tokenIds)).id();
  }

  private static TreeResult.MeanCost meanCost(List<Sampling> runs) {
    Cost sum = runs.stream().map(Sampling::cost).reduce(Cost.ZERO, Cost::plus);
    double n = runs.size();
    return new TreeResult.MeanCost(
        sum.modelTokens() / n,
        sum.modelCalls() / n,
        sum.nodesExpanded() / n,
        sum.valueCalls() / n,
        sum.verifierCalls() / n,
        sum.steps() / n);
  }
}
