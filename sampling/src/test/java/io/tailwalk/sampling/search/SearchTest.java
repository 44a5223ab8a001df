package io.tailwalk.sampling.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.problem.Classics;
import io.tailwalk.builtin.problem.LetterModel;
import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.builtin.tree.FiniteTree;
import io.tailwalk.builtin.tree.TreeNode;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.Fixtures;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.independent.Growth;
import io.tailwalk.testkit.EnumeratingChooser;
import io.tailwalk.testkit.ExactDistribution;
import io.tailwalk.testkit.TokenSequence;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchTest {

  private static Sampling beam(FiniteTree tree, int width, int n, long seed) {
    return new BeamSampler(width)
        .run(
            Fixtures.sampling(tree.problem(), Fixtures.ALL),
            RunOptions.of(n, Budget.UNLIMITED, seed),
            SamplingListener.NONE);
  }

  @Test
  void beam_asWideAsTheTree_givesTheMostProbableFirst() {
    for (FiniteTree tree : Fixtures.smallTrees(20, 40)) {
      var target = Fixtures.exact(tree.problem()).target();
      Sampling all = beam(tree, 1000, 1000, 1);
      assertThat(all.draws()).hasSameSizeAs(target.keySet());
      List<Double> masses =
          all.draws().stream()
              .map(c -> target.getOrDefault(new TokenSequence(c.tokenIds()), 0.0))
              .toList();
      for (int i = 1; i < masses.size(); i++) {
        assertThat(masses.get(i)).isLessThanOrEqualTo(masses.get(i - 1) * (1 + 1e-12));
      }
    }
  }

  @Test
  void beam_narrow_isDeterministicAndMissesMass() {
    int missed = 0;
    for (FiniteTree tree : Fixtures.smallTrees(20, 40)) {
      Sampling one = beam(tree, 1, 5, 1);
      assertThat(beam(tree, 1, 5, 2).draws()).isEqualTo(one.draws());
      assertThat(one.draws()).hasSizeLessThanOrEqualTo(1);
      var target = Fixtures.exact(tree.problem()).target();
      missed += ExactDistribution.totalVariation(Fixtures.outcomes(one), target) > 0.01 ? 1 : 0;
    }
    assertThat(missed).isGreaterThan(10);
  }

  @Test
  void beam_wholeCompletion_staysOnlyWhileItsProbabilityTimesRewardDoes() {
    FiniteTree tree =
        FiniteTree.of(
            "early leaf",
            List.of(
                TreeNode.root("r"),
                TreeNode.leaf("early", "r", 0.25, 1),
                TreeNode.inner("b", "r", 0.75, 0.6),
                TreeNode.leaf("c", "b", 0.5, 0.8),
                TreeNode.leaf("d", "b", 0.5, 0.9)));
    List<Double> rewards =
        beam(tree, 2, 9, 1).draws().stream().map(c -> Math.exp(c.logReward())).toList();
    assertThat(rewards).hasSize(2);
    assertThat(rewards.get(0)).isCloseTo(0.9, within(1e-12));
    assertThat(rewards.get(1)).isCloseTo(0.8, within(1e-12));
  }

  private record NoB() implements Verifier {
    @Override
    public String name() {
      return "no b";
    }

    @Override
    public double logReward(Candidate complete) {
      boolean hasB = Arrays.stream(complete.tokenIds()).anyMatch(t -> t == 1);
      return hasB ? Double.NEGATIVE_INFINITY : 0;
    }
  }

  /** Letters a and b, a with probability 0.3; a b is an error at once. */
  private static Problem noB(int length) {
    var verifier = new NoB();
    return new Problem(
        "no b",
        new LetterModel("test:ab", "ab", 0.3, 0.7),
        Prompt.text(""),
        verifier::logReward,
        verifier,
        length);
  }

  private static Map<TokenSequence, Double> distribution(
      Problem problem, TokenwiseBacktrackingSampler sampler) {
    return EnumeratingChooser.distribution(chooser -> {
      Run run = Fixtures.run(problem, Fixtures.ALL);
      var growth = new BacktrackingGrowth(run.explorer(), sampler);
      growth.begin(1);
      int[] at = {growth.root(0)};
      while (Growth.isOpen(run.explorer().tree(), at[0])) {
        growth.grow(at, new Chooser[] {chooser});
      }
      return Fixtures.tokens(run, at[0]);
    });
  }

  @Test
  void backtracking_withoutQuota_isTheModel() {
    Problem problem = noB(3);
    var distribution = distribution(problem, new TokenwiseBacktrackingSampler(0, 1, 0, false, 1));
    assertThat(ExactDistribution.totalVariation(distribution, Fixtures.exact(problem).base()))
        .isLessThan(1e-12);
  }

  @Test
  void backtracking_quotaOfOne_redrawsTheFirstError() {
    var distribution = distribution(noB(2), new TokenwiseBacktrackingSampler(1, 1, 0, false, 1));
    double a = 0.3;
    double b = 0.7;
    // Correct at once; the first b redrawn as a; after an a, the second letter's b redrawn as a.
    assertThat(distribution.get(TokenSequence.of(0, 0)))
        .isCloseTo(a * a + b * a * a + a * b * a, within(1e-12));
    // The redrawn letter is b again: kept, and no quota is left.
    assertThat(distribution.get(TokenSequence.of(1, 1))).isCloseTo(b * b * b, within(1e-12));
  }

  @Test
  void backtracking_samePrefixAgain_isNotErasedTwice() {
    var distribution = distribution(noB(2), new TokenwiseBacktrackingSampler(5, 1, 0, false, 1));
    double a = 0.3;
    double b = 0.7;
    // "b" is erased once and then kept; "bb" and "ba" are then each erased once more.
    assertThat(distribution.get(TokenSequence.of(0, 0)))
        .isCloseTo((a + b * a) * (a + b * a), within(1e-12));
  }

  @Test
  void backtracking_redoWithArgmax_takesTheMostProbable() {
    var distribution = distribution(noB(2), new TokenwiseBacktrackingSampler(1, 1, 0, true, 1));
    // Every first error is redone as b, the most probable letter.
    assertThat(distribution.get(TokenSequence.of(0, 0))).isCloseTo(0.09, within(1e-12));
    assertThat(distribution.get(TokenSequence.of(0, 1))).isCloseTo(0.21, within(1e-12));
  }

  @Test
  void backtracking_strideBeyondTheBeginning_stopsAtThePrompt() {
    var sampler = new TokenwiseBacktrackingSampler(3, 10, 0, false, 4);
    Sampling sampling =
        sampler.run(
            Fixtures.sampling(Classics.abc(4, 0), Fixtures.ALL),
            RunOptions.of(50, Budget.ofModelTokens(100_000).withSteps(100_000), 3),
            SamplingListener.NONE);
    assertThat(sampling.draws()).hasSize(50).allMatch(c -> c.logReward() == 0);
    double erased = sampling.diagnostics().counts().getOrDefault("erased_tokens", 0.0);
    double backtracks = sampling.diagnostics().counts().getOrDefault("backtracks", 0.0);
    assertThat(backtracks).isPositive();
    assertThat(erased).isBetween(backtracks, 4 * backtracks);
    assertThat(sampling.draws().stream().map(Completion::finishReason).distinct()).hasSize(1);
  }

  @Test
  void backtracking_distribution_isNotTheTarget() {
    Problem problem = noB(3);
    var distribution = distribution(problem, new TokenwiseBacktrackingSampler(2, 2, 0, false, 1));
    var passing = distribution.getOrDefault(TokenSequence.of(0, 0, 0), 0.0);
    // The target is a point mass here; with graded rewards the kept share is not proportional.
    assertThat(passing).isLessThan(1);
    Problem graded = Classics.delay(3);
    var gradedDistribution =
        distribution(graded, new TokenwiseBacktrackingSampler(2, 1, 0.4, false, 1));
    assertThat(
            ExactDistribution.totalVariation(gradedDistribution, Fixtures.exact(graded).target()))
        .isGreaterThan(0.05);
  }
}
