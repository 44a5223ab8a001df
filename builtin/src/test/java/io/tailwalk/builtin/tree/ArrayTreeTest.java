package io.tailwalk.builtin.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.verify.Candidate;
import org.junit.jupiter.api.Test;

/** Root with an inner child (two leaves, rewards 2 and 0), a dead inner child and a leaf. */
class ArrayTreeTest {
  private static final double NONE = Double.NEGATIVE_INFINITY;
  private static final ArrayTree TREE =
      ArrayTree.of(
          "small",
          new int[] {3, 2, 1, 0, 0, 0, 0},
          new double[] {1, 0.5, 0.2, 0.3, 0.75, 0.25, 1},
          new double[] {0, 1, -1, Math.log(0.5), Math.log(2), NONE, NONE});

  @Test
  void distributions_areThoseWorkedOutByHand() {
    assertThat(Math.exp(TREE.logZ())).isCloseTo(0.5 * 0.75 * 2 + 0.3 * 0.5, within(1e-15));
    assertThat(Math.exp(TREE.logPi()[4])).isCloseTo(0.375, within(1e-15));
    assertThat(TREE.logExactValues()[2]).isEqualTo(NONE);
    assertThat(TREE.depth()).isEqualTo(2);
    assertThat(TREE.depths()).containsExactly(0, 1, 1, 1, 2, 2, 2);
    assertThat(TREE.innerNodes()).isEqualTo(3);
    assertThat(TREE.parent(6)).isEqualTo(2);
    assertThat(TREE.width()).isEqualTo(3);
  }

  @Test
  void nodeAt_followsChildrenAndTellsLeavesApart() {
    assertThat(TREE.nodeAt(new int[] {})).isZero();
    assertThat(TREE.nodeAt(new int[] {0, 4})).isEqualTo(5);
    assertThat(TREE.nodeAt(new int[] {5})).isEqualTo(3);
    assertThat(TREE.nodeAt(new int[] {2})).isEqualTo(-1);
    assertThat(TREE.nodeAt(new int[] {0, 5})).isEqualTo(-1);
    assertThat(TREE.nodeAt(new int[] {5, 3})).isEqualTo(-1);
  }

  @Test
  void verifier_declaresWhatItIsTold() {
    Problem plain = TREE.problem();
    Candidate dead = Candidate.partial(plain.prompt(), plain.model().vocabulary(), new int[] {1});
    Candidate live = Candidate.partial(plain.prompt(), plain.model().vocabulary(), new int[] {0});
    assertThat(plain.verifier().logRewardBound()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(plain.verifier().prefixValue().logValue(dead)).isZero();
    Problem telling = TREE.withLogBound(1).provingDead().problem();
    assertThat(telling.verifier().logRewardBound()).isEqualTo(1);
    assertThat(telling.verifier().prefixValue().logValue(dead)).isEqualTo(NONE);
    assertThat(telling.verifier().prefixValue().logValue(live)).isZero();
    assertThat(telling.value().logValue(live)).isEqualTo(1);
  }

  @Test
  void of_countsThatDoNotAddUp_isRefused() {
    assertThatThrownBy(
            () -> ArrayTree.of("bad", new int[] {2, 0}, new double[] {1, 1}, new double[] {0, 0}))
        .hasMessageContaining("3 nodes by its counts, 2 in its arrays");
    assertThatThrownBy(() ->
            ArrayTree.of(
                "bad", new int[] {0, 2, 0}, new double[] {1, 1, 1}, new double[] {0, 0, 0}))
        .hasMessageContaining("node 1 has no parent");
  }
}
