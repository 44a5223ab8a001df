package io.tailwalk.builtin.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomTreesTest {

  /** Fifty trees together contain every edge case that the generator specifies. */
  @Test
  void of_fiftySeeds_coverTheEdgeCases() {
    Set<String> seen = new HashSet<>();
    for (long seed = 0; seed < 50; seed++) {
      FiniteTree tree = RandomTrees.of(seed);
      double[] exact = tree.logExactValues();
      assertThat(tree.logZ()).isFinite();
      assertThat(tree.target().values().stream().mapToDouble(p -> p).sum())
          .isCloseTo(1, within(1e-12));
      for (int i = 1; i < exact.length; i++) {
        TreeNode node = tree.nodes().get(i);
        if (node.pi() == 0) {
          seen.add("zero pi");
        } else if (node.pi() < 1e-10) {
          seen.add("tiny pi");
        } else if (node.pi() == 1) {
          seen.add("only child");
        }
        if (tree.isLeaf(i) && node.tau() == 0) {
          seen.add("zero tau");
        }
        if (!tree.isLeaf(i) && node.value() == 0) {
          seen.add("zero value");
          assertThat(exact[i]).isEqualTo(Double.NEGATIVE_INFINITY);
        }
        if (!tree.isLeaf(i) && node.value() > 0 && exact[i] == Double.NEGATIVE_INFINITY) {
          seen.add("dead end of positive value");
        }
      }
      seen.add("depth " + tree.depth());
    }
    assertThat(seen)
        .contains(
            "zero pi",
            "tiny pi",
            "only child",
            "zero tau",
            "zero value",
            "dead end of positive value",
            "depth 1",
            "depth 6");
  }

  @Test
  void of_sameSeed_isTheSameTree() {
    assertThat(RandomTrees.of(3).nodes()).isEqualTo(RandomTrees.of(3).nodes());
    assertThat(RandomTrees.of(3).nodes()).isNotEqualTo(RandomTrees.of(4).nodes());
  }
}
