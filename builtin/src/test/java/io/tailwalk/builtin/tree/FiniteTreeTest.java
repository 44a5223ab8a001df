package io.tailwalk.builtin.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FiniteTreeTest {
  private static final List<TreeNode> NODES =
      List.of(
          TreeNode.leaf("ab", "a", 0.25, 0),
          TreeNode.leaf("aa", "a", 0.75, 2),
          TreeNode.inner("a", "root", 0.4, 1),
          TreeNode.leaf("b", "root", 0.6, 0.5),
          TreeNode.root("root"));

  @Test
  void distributions_smallTree_areThoseWorkedOutByHand() {
    FiniteTree tree = FiniteTree.of("small", NODES);
    double z = 0.4 * 0.75 * 2 + 0.6 * 0.5;
    assertThat(Math.exp(tree.logZ())).isCloseTo(z, within(1e-15));
    assertThat(tree.target())
        .containsOnlyKeys("ab", "aa", "b")
        .hasEntrySatisfying("aa", p -> assertThat(p).isCloseTo(0.6 / z, within(1e-15)))
        .hasEntrySatisfying("b", p -> assertThat(p).isCloseTo(0.3 / z, within(1e-15)))
        .containsEntry("ab", 0.0);
    Map<String, Double> exact = new java.util.HashMap<>();
    tree.withExactValues().nodes().forEach(node -> exact.put(node.id(), node.value()));
    assertThat(exact.get("a")).isCloseTo(1.5, within(1e-15));
    assertThat(exact.get("root")).isCloseTo(z, within(1e-15));
    assertThat(tree.depth()).isEqualTo(2);
  }

  @Test
  void problem_walkedByTokens_hasTheTreesDistributionsAndEnds() {
    FiniteTree tree = FiniteTree.of("small", NODES);
    Problem problem = tree.problem();
    var vocabulary = problem.model().vocabulary();
    try (var context = problem.model().open(new int[0], new ContextOptions(2, 1))) {
      var root = context.next(new int[][] {{}})[0];
      assertThat(Math.exp(root.logProb(0))).isCloseTo(0.4, within(1e-15));
      assertThat(Math.exp(root.logProb(3))).isCloseTo(0.6, within(1e-15));
      assertThat(root.logProb(1)).isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(vocabulary.isEnd(3)).isTrue();
      assertThat(vocabulary.isEnd(0)).isFalse();
      assertThatThrownBy(() -> context.next(new int[][] {{3}}))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("is a leaf");
    }
    assertThat(tree.nodes().get(tree.nodeAt(new int[] {0, 3})).id()).isEqualTo("aa");
    assertThat(reward(problem, 0, 3)).isCloseTo(Math.log(2), within(1e-15));
    assertThat(reward(problem, 0, 2)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(reward(problem, 0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(vocabulary.decode(new int[] {0, 3})).isEqualTo("0.1.");
    assertThat(vocabulary.encode("0.1.")).containsExactly(0, 1);
  }

  private static double reward(Problem problem, int... tokens) {
    return problem
        .verifier()
        .logReward(
            Candidate.complete(
                problem.prompt(), problem.model().vocabulary(), tokens, FinishReason.STOP));
  }

  @Test
  void of_brokenTrees_namesTheNodeAndTheFault() {
    TreeNode root = TreeNode.root("r");
    TreeNode leaf = TreeNode.leaf("x", "r", 1, 1);
    refused("exactly one node without a parent", leaf);
    refused("\"r\" is the root and has no child", root);
    refused("\"x\" is given twice", root, leaf, leaf);
    refused("\"y\" names a parent \"q\" that is not given", root, TreeNode.leaf("y", "q", 1, 1));
    refused("\"x\" needs a pi in [0, 1]", root, TreeNode.leaf("x", "r", 1.5, 1));
    refused("\"x\" needs a pi in [0, 1]", root, TreeNode.leaf("x", "r", TreeNode.ABSENT, 1));
    refused("\"r\" has children whose pi sum to 0.9", root, TreeNode.leaf("x", "r", 0.9, 1));
    refused("\"x\" is a leaf and needs a tau", root, TreeNode.leaf("x", "r", 1, -1));
    refused("\"x\" is a leaf and needs a tau", root, TreeNode.inner("x", "r", 1, 1));
    refused("\"x\" is a leaf: its value is its tau", root, new TreeNode("x", "r", 1, 2, 1));
    refused("\"x\" has children and therefore no tau", root, leaf, TreeNode.leaf("z", "x", 1, 1));
    refused(
        "\"x\" needs a finite value",
        root,
        TreeNode.inner("x", "r", 1, TreeNode.ABSENT),
        TreeNode.leaf("z", "x", 1, 1));
    refused(
        "\"x\" needs a finite value",
        root,
        TreeNode.inner("x", "r", 1, Double.POSITIVE_INFINITY),
        TreeNode.leaf("z", "x", 1, 1));
    refused("\"x\" has a tau of Infinity, above", root, TreeNode.leaf("x", "r", 1, 1 / 0.0));
    refused("\"x\" has a tau of 1.7E308, above", root, TreeNode.leaf("x", "r", 1, 1.7e308));
  }

  /** The named node is on the cycle, not below it. */
  @Test
  void of_cycles_namesANodeThatIsItsOwnAncestor() {
    TreeNode root = TreeNode.root("r");
    TreeNode leaf = TreeNode.leaf("x", "r", 1, 1);
    TreeNode p = TreeNode.inner("p", "q", 1, 1);
    TreeNode q = TreeNode.inner("q", "p", 1, 1);
    TreeNode below = TreeNode.leaf("y", "p", 1, 1);
    refused("\"p\" is its own ancestor: nodes form a cycle", root, leaf, p, q);
    refused("\"p\" is its own ancestor", root, p, q);
    refused("\"p\" is its own ancestor", p, q);
    refused("\"p\" is its own ancestor", below, root, leaf, q, p);
    refused("\"o\" is its own ancestor", root, leaf, TreeNode.inner("o", "o", 1, 1));
  }

  /** Decimals need not sum to 1: the exact distribution is that of the model, which sums to 1. */
  @Test
  void of_probabilitiesThatSumToNearlyOne_areDividedByTheirSum() {
    for (double excess : new double[] {9e-10, -9e-10, 1e-16, 0}) {
      double third = (1 + excess) / 3;
      FiniteTree tree =
          FiniteTree.of(
              "thirds",
              List.of(
                  TreeNode.root("r"),
                  TreeNode.inner("a", "r", 1 + excess, 1),
                  TreeNode.leaf("b", "a", third, 0.37),
                  TreeNode.leaf("c", "a", third, 0.37),
                  TreeNode.leaf("d", "a", third, 0.37)));
      assertThat(Math.exp(tree.logZ())).isCloseTo(0.37, within(1e-16));
      assertThat(tree.logZ()).isLessThanOrEqualTo(Math.log(0.37));
      try (var context = tree.problem().model().open(new int[0], new ContextOptions(2, 1))) {
        assertThat(context.next(new int[][] {{0}})[0].logProb(3 + 1))
            .isCloseTo(tree.logPi()[3], within(1e-15));
      }
    }
  }

  private static void refused(String part, TreeNode... nodes) {
    assertThatThrownBy(() -> FiniteTree.of("bad", List.of(nodes)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(part);
  }

  @Test
  void target_noTilt_isRefused() {
    FiniteTree tree =
        FiniteTree.of("none", List.of(TreeNode.root("r"), TreeNode.leaf("x", "r", 1, 0)));
    assertThatThrownBy(tree::target).hasMessageContaining("Z = 0");
  }

  @Test
  void withBound_isDeclaredAndChecked() {
    FiniteTree tree = FiniteTree.of("small", NODES);
    assertThat(tree.problem().verifier().logRewardBound()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(tree.largestTau()).isEqualTo(2);
    assertThat(tree.withBound(2).problem().verifier().logRewardBound())
        .isCloseTo(Math.log(2), within(1e-15));
    assertThatThrownBy(() -> tree.withBound(1.5))
        .hasMessage("tree node \"aa\" has a tau of 2.0, above the bound 1.5");
  }
}
