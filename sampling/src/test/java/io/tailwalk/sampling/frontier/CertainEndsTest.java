package io.tailwalk.sampling.frontier;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.builtin.tree.FiniteTree;
import io.tailwalk.builtin.tree.TreeNode;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.tree.Frontier;
import io.tailwalk.core.tree.FrontierPrefix;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.core.verify.Rewards;
import io.tailwalk.sampling.Fixtures;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Samplers;
import io.tailwalk.sampling.SamplingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Certain ends are compared without tolerance, with the exact recursion and with the common reward
 * of all leaves, for which rounded sums are at the bound, sometimes above and sometimes below.
 */
class CertainEndsTest {
  /** All leaves at depth 3, with one reward, three children per node. */
  private static FiniteTree alike(double pi, double tau) {
    return alike(3, 3, pi, tau);
  }

  private static FiniteTree alike(int width, int depth, double pi, double tau) {
    List<TreeNode> nodes = new ArrayList<>(List.of(TreeNode.root("r")));
    grow(nodes, "r", width, depth, pi, tau);
    return FiniteTree.of("alike", nodes).withBound(tau);
  }

  private static void grow(
      List<TreeNode> nodes, String parent, int width, int left, double pi, double tau) {
    for (int i = 0; i < width; i++) {
      String id = parent + "." + i;
      nodes.add(
          left == 1 ? TreeNode.leaf(id, parent, pi, tau) : TreeNode.inner(id, parent, pi, tau));
      if (left > 1) {
        grow(nodes, id, width, left - 1, pi, tau);
      }
    }
  }

  private static void assertHolds(Interval certain, FiniteTree tree, double tau) {
    assertThat(certain.contains(tau)).as("%s in %s", tau, certain).isTrue();
    double z = Math.exp(tree.logZ());
    assertThat(certain.contains(z)).as("%s in %s", z, certain).isTrue();
  }

  /** 1/3 rounded down, and up, and so that siblings sum to nearly {@code 1 + 1e-9}. */
  @ParameterizedTest
  @ValueSource(doubles = {0.3333333333333333, 0.33333333333333337, 0.33333333363333334})
  void frontier_rewardsAlike_holdThatRewardAtEveryStep(double pi) {
    for (double tau :
        new double[] {0.37, 0.1, 1, 3, 0.7, 1e-300, 1e-318, Double.MIN_VALUE, 1e300}) {
      FiniteTree tree = alike(pi, tau);
      double bound = Rewards.bound(tree.problem().verifier());
      Run run = Fixtures.run(tree.problem(), Fixtures.ALL);
      var frontier = new Frontier(run.explorer(), GenerationTree.ROOT);
      while (!frontier.isClosed()) {
        assertHolds(frontier.certain(bound), tree, tau);
        FrontierPrefix prefix = frontier.largest(1).getFirst();
        run.explorer().expand(new int[] {frontier.node(prefix)}, 1);
        frontier.enter(prefix);
      }
      assertHolds(frontier.certain(bound), tree, tau);
      assertThat(frontier.certain(bound).width()).isLessThan(1e-9 * tau + 1e-321);
    }
  }

  /**
   * A share of 0.53 of the smallest double would be rounded up to the smallest double, nineteen
   * times.
   */
  @ParameterizedTest
  @ValueSource(strings = {"auto", "vgb", "smc", "best-of-n", "action-importance"})
  void samplers_manySharesBelowDoubles_holdTheirSum(String name) {
    double tau = 10 * Double.MIN_VALUE;
    FiniteTree tree = alike(19, 1, 1 / 19.0, tau);
    var options = RunOptions.of(4, Budget.UNLIMITED.withNodes(100).withSteps(400), 7);
    Interval certain =
        Samplers.create(name, Map.of())
            .run(
                Fixtures.sampling(tree.problem(), new ExpansionRule.Sample(90, 1)),
                options,
                SamplingListener.NONE)
            .successProbability()
            .certain();
    assertHolds(certain, tree, tau);
    assertThat(certain.low()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "vgb", "smc", "best-of-n", "action-importance"})
  void samplers_rewardsAlike_holdThatReward(String name) {
    for (double tau : new double[] {0.37, 0.1, 1, 3, 1e-300, 1e-318, 1e300}) {
      FiniteTree tree = alike(0.33333333363333334, tau);
      for (int nodes = 1; nodes < 24; nodes += 3) {
        ExpansionRule rule = nodes % 2 == 0 ? Fixtures.ALL : new ExpansionRule.Sample(2, 1);
        var options = RunOptions.of(4, Budget.UNLIMITED.withNodes(nodes).withSteps(200), nodes);
        Interval certain =
            Samplers.create(name, Map.of())
                .run(Fixtures.sampling(tree.problem(), rule), options, SamplingListener.NONE)
                .successProbability()
                .certain();
        assertHolds(certain, tree, tau);
      }
    }
  }
}
