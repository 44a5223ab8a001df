package io.tailwalk.sampling.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.builtin.tree.FiniteTree;
import io.tailwalk.builtin.tree.RandomTrees;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.sampling.Fixtures;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.chain.SuffixChains.Acceptance;
import io.tailwalk.testkit.ExactDistribution;
import io.tailwalk.testkit.StatisticalAssertions;
import io.tailwalk.testkit.TokenSequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuffixChainsTest {
  private static final double FALSE_ALARM = 1e-5;
  private static final int CHAINS = 500;
  private static final int MOVES = 150;

  /** Trees whose every response the model itself finds in the moves of a chain. */
  private static final List<FiniteTree> TREES =
      IntStream.range(0, 40)
          .mapToObj(RandomTrees::of)
          .filter(tree -> modelFindsTheTarget(Fixtures.exact(tree.problem())))
          .limit(8)
          .toList();

  private static boolean modelFindsTheTarget(ExactDistribution exact) {
    return exact.leaves().values().stream()
        .filter(leaf -> leaf.logTau() > Double.NEGATIVE_INFINITY)
        .allMatch(leaf -> leaf.logPi() > Math.log(0.01));
  }

  @Test
  void responses_afterManyMoves_followTheTarget() {
    assertThat(TREES).hasSizeGreaterThan(5);
    for (ExpansionRule rule :
        List.of(Fixtures.ALL, new ExpansionRule.Sample(3, 1), new ExpansionRule.Sample(4, 2))) {
      for (FiniteTree tree : TREES) {
        StatisticalAssertions.at(FALSE_ALARM)
            .counts(
                Fixtures.exact(tree.problem()).target(), last(tree, rule, Acceptance.CORRECTED));
      }
    }
  }

  /** Planted: without the correction for lengths, the law is the target times the length. */
  @Test
  void responses_withoutTheCorrection_doNot() {
    int caught = 0;
    for (FiniteTree tree : TREES) {
      Map<TokenSequence, Double> target = Fixtures.exact(tree.problem()).target();
      Map<TokenSequence, Long> counts =
          last(tree, Fixtures.ALL, (logReward, _, newLogReward, _) -> newLogReward - logReward);
      try {
        StatisticalAssertions.at(FALSE_ALARM).counts(target, counts);
      } catch (AssertionError e) {
        caught++;
      }
    }
    assertThat(caught).isGreaterThan(1);
  }

  /** The last responses of independent chains. */
  private static Map<TokenSequence, Long> last(
      FiniteTree tree, ExpansionRule rule, Acceptance acceptance) {
    var options = RunOptions.of(1, Budget.UNLIMITED.withSteps(10_000_000), 5);
    var run = new Run(Fixtures.sampling(tree.problem(), rule), options, SamplingListener.NONE);
    var chains = new SuffixChains(run, CHAINS, acceptance);
    for (int move = 0; move < MOVES; move++) {
      assertThat(chains.move()).isTrue();
    }
    LeafSample visited = chains.visited();
    Map<TokenSequence, Long> counts = new HashMap<>();
    for (int i = visited.size() - CHAINS; i < visited.size(); i++) {
      var completion = LeafSample.completion(run.explorer(), visited.leaf(i));
      counts.merge(new TokenSequence(completion.tokenIds()), 1L, Long::sum);
    }
    return counts;
  }
}
