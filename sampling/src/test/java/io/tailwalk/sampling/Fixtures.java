package io.tailwalk.sampling;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.builtin.tree.FiniteTree;
import io.tailwalk.builtin.tree.RandomTrees;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.testkit.DrawingModel;
import io.tailwalk.testkit.ExactDistribution;
import io.tailwalk.testkit.TokenSequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shared problems and runs of tests. */
public final class Fixtures {
  public static final ExpansionRule ALL = new ExpansionRule.Enumerate();

  private Fixtures() {}

  /** A sampling problem; its context is pure and needs no closing. */
  @SuppressWarnings("MustBeClosedChecker")
  public static SamplingProblem sampling(Problem problem, ExpansionRule rule, String... stop) {
    var model = problem.model();
    var context =
        model.open(model.encode(problem.prompt()), new ContextOptions(problem.maxTokens(), 16));
    return new SamplingProblem(
        problem.prompt(),
        model.vocabulary(),
        context,
        problem.verifier(),
        problem.value(),
        rule,
        problem.maxTokens(),
        List.of(stop));
  }

  /**
   * The same problem behind a model that draws itself and shows no distributions; it lists the most
   * probable tokens that the rule asks for.
   */
  @SuppressWarnings("MustBeClosedChecker")
  public static SamplingProblem drawing(Problem problem, ExpansionRule rule) {
    SamplingProblem shown = sampling(problem, rule);
    int mostTop = rule instanceof ExpansionRule.HeadAndTail(int head, int _) ? head : 0;
    return new SamplingProblem(
        shown.prompt(),
        shown.vocabulary(),
        DrawingModel.context(shown.context(), shown.vocabulary(), mostTop),
        shown.verifier(),
        shown.value(),
        rule,
        shown.maxTokens(),
        shown.stop());
  }

  /** A run without limits. */
  public static Run run(Problem problem, ExpansionRule rule) {
    return run(problem, rule, 1);
  }

  /** A run without limits. */
  public static Run run(Problem problem, ExpansionRule rule, long seed) {
    return new Run(
        sampling(problem, rule), RunOptions.of(1, Budget.UNLIMITED, seed), SamplingListener.NONE);
  }

  /** The exact distribution of a problem. */
  public static ExactDistribution exact(Problem problem) {
    return ExactDistribution.of(
        problem.model(), problem.prompt(), problem.verifier(), problem.maxTokens());
  }

  /** The tokens of a node, or no tokens without a node. */
  public static TokenSequence tokens(Run run, int node) {
    return node == GenerationTree.NONE
        ? new TokenSequence(List.of(-1))
        : TokenSequence.of(run.explorer().tree().tokenIds(node));
  }

  /** Random trees with at most the given number of leaves, the first ones by seed. */
  public static List<FiniteTree> smallTrees(int count, int maxLeaves) {
    List<FiniteTree> trees = new ArrayList<>();
    for (long seed = 0; trees.size() < count; seed++) {
      FiniteTree tree = RandomTrees.of(seed);
      long leaves = tree.target().size();
      if (leaves <= maxLeaves && leaves >= 3) {
        trees.add(tree);
      }
    }
    return trees;
  }

  /** {@code pi tau} of every leaf. */
  public static Map<TokenSequence, Double> masses(ExactDistribution distribution) {
    Map<TokenSequence, Double> masses = new LinkedHashMap<>();
    distribution
        .leaves()
        .forEach((tokens, leaf) -> masses.put(tokens, Math.exp(leaf.logPi() + leaf.logTau())));
    return masses;
  }

  /** The distribution of the outcomes of a result. */
  public static Map<TokenSequence, Double> outcomes(Sampling sampling) {
    Map<TokenSequence, Double> distribution = new LinkedHashMap<>();
    sampling.outcomes().forEach(c -> distribution.put(new TokenSequence(c.tokenIds()), c.weight()));
    return distribution;
  }

  /** Number of draws of each completion. */
  public static Map<TokenSequence, Long> counts(List<Completion> draws) {
    Map<TokenSequence, Long> counts = new LinkedHashMap<>();
    draws.forEach(c -> counts.merge(new TokenSequence(c.tokenIds()), 1L, Long::sum));
    return counts;
  }
}
