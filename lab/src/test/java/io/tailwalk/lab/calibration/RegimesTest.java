package io.tailwalk.lab.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.builtin.tree.ArrayTree;
import io.tailwalk.core.verify.Candidate;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each regime has what it claims. */
class RegimesTest {
  private static final long SEED = 11;
  private static final int TREES = 3;

  private static List<ArrayTree> trees(String regime) {
    Regime named = Regimes.named(List.of(regime)).getFirst();
    return IntStream.range(0, TREES).mapToObj(t -> named.tree(SEED, t)).toList();
  }

  private static int[] inner(ArrayTree tree, IntPredicate which) {
    return IntStream.range(1, tree.size())
        .filter(node -> !tree.isLeaf(node) && which.test(node))
        .toArray();
  }

  @Test
  void trees_all_haveTheirSizeTheirRangeAndTheirBound() {
    for (Regime regime : Regimes.full()) {
      for (int t = 0; t < TREES; t++) {
        ArrayTree tree = regime.tree(SEED, t);
        assertThat(tree.innerNodes()).isBetween(regime.size().least(), regime.size().most());
        assertThat(Math.exp(tree.logZ()))
            .as(tree.name())
            .isBetween(regime.reward().least(), regime.reward().most());
        double bound = tree.problem().verifier().logRewardBound();
        assertThat(bound).isEqualTo(regime.reward().logBound());
        double[] logPi = tree.logPi();
        double total = 0;
        for (int node = 0; node < tree.size(); node++) {
          if (tree.isLeaf(node)) {
            assertThat(tree.logValue(node)).isLessThanOrEqualTo(bound);
            total += Math.exp(logPi[node]);
          }
        }
        assertThat(total).isCloseTo(1, within(1e-9));
      }
    }
    assertThat(Regimes.full().stream().map(Regime::name)).doesNotHaveDuplicates().hasSize(38);
    assertThat(Regimes.quick()).hasSize(10);
  }

  @Test
  void tree_sameSeedAndNumber_isTheSame() {
    Regime regime = Regimes.named(List.of("deep-small")).getFirst();
    ArrayTree tree = regime.tree(1, 2);
    assertThat(regime.tree(1, 2).logPi()).isEqualTo(tree.logPi());
    assertThat(regime.tree(1, 3).logPi()).isNotEqualTo(tree.logPi());
    assertThat(regime.tree(2, 2).logPi()).isNotEqualTo(tree.logPi());
  }

  /** Where the verifier knows, its prefix value is zero exactly at prefixes that cannot pass. */
  @Test
  void prefixValue_provingRegimes_isZeroExactlyWhereNothingPasses() {
    for (String name : List.of("mild-small", "rare-can-pass-small")) {
      for (ArrayTree tree : trees(name)) {
        double[] exact = tree.logExactValues();
        Problem problem = tree.problem();
        for (int node : inner(tree, _ -> true)) {
          boolean dead = exact[node] == Double.NEGATIVE_INFINITY;
          Candidate prefix =
              Candidate.partial(problem.prompt(), problem.model().vocabulary(), path(tree, node));
          double known = problem.verifier().prefixValue().logValue(prefix);
          assertThat(known == Double.NEGATIVE_INFINITY).isEqualTo(dead);
          assertThat(tree.logValue(node) == Double.NEGATIVE_INFINITY).isEqualTo(dead);
        }
      }
    }
  }

  private static int[] path(ArrayTree tree, int node) {
    int depth = tree.depths()[node];
    int[] path = new int[depth];
    for (int at = node; depth > 0; at = tree.parent(at)) {
      path[--depth] = at - tree.firstChild(tree.parent(at));
    }
    return path;
  }

  @Test
  void values_canPassAndBlind_areOneOrZero() {
    for (ArrayTree tree : trees("rare-can-pass-large")) {
      double[] exact = tree.logExactValues();
      assertThat(inner(tree, v -> tree.logValue(v) == 0))
          .isEqualTo(inner(tree, v -> exact[v] > Double.NEGATIVE_INFINITY));
    }
    for (ArrayTree tree : trees("rare-blind-large")) {
      assertThat(inner(tree, v -> tree.logValue(v) != 0)).isEmpty();
    }
  }

  @Test
  void values_wrong_reachTheirFactorAndNotBeyond() {
    for (double factor : new double[] {10, 1_000}) {
      for (ArrayTree tree : trees("wrong-" + (int) factor + "-large")) {
        double[] exact = tree.logExactValues();
        double[] errors =
            IntStream.of(inner(tree, v -> exact[v] > Double.NEGATIVE_INFINITY))
                .mapToDouble(v -> Math.abs(tree.logValue(v) - exact[v]))
                .toArray();
        double largest =
            IntStream.range(0, errors.length).mapToDouble(i -> errors[i]).max().orElse(0);
        assertThat(largest).isBetween(0.99 * Math.log(factor), Math.log(factor));
      }
    }
  }

  /** Prefixes whose value is more than 100 times too low have about half of the mass. */
  @Test
  void values_hidden_holdAboutHalfOfTheMass() {
    for (ArrayTree tree : trees("hidden-large")) {
      double[] exact = tree.logExactValues();
      double[] logPi = tree.logPi();
      double share = 0;
      for (int v : inner(tree, v -> tree.logValue(v) < exact[v] - Math.log(100))) {
        share += Math.exp(logPi[v] + exact[v] - exact[0]);
      }
      assertThat(share).isBetween(Guide.LEAST_HIDDEN, Guide.MOST_HIDDEN);
    }
  }

  @Test
  void values_adversarial_areWrongWhereTheySay() {
    for (ArrayTree tree : trees("graded-hid5-large")) {
      double[] exact = tree.logExactValues();
      int[] depths = tree.depths();
      int[] low = inner(tree, v -> tree.logValue(v) < exact[v] - Math.log(100));
      assertThat(low).isNotEmpty();
      assertThat(IntStream.of(low)).allMatch(v -> depths[v] == 5);
      int[] all = inner(tree, v -> depths[v] == 5);
      assertThat(low.length).isBetween(all.length / 2 - 1, all.length / 2 + 1);
    }
    for (ArrayTree tree : trees("graded-drift-large")) {
      double[] exact = tree.logExactValues();
      int[] depths = tree.depths();
      int deep = tree.depth() - 1;
      double wanted = (deep - 2) * Math.log(Guide.DRIFT_A_LEVEL);
      assertThat(IntStream.of(inner(tree, v -> depths[v] == deep)))
          .anyMatch(v -> Math.abs(exact[v] - tree.logValue(v) - wanted) < 1)
          .anyMatch(v -> Math.abs(exact[v] - tree.logValue(v)) < 1);
    }
  }

  /** A learned zero that is no proof: the verifier does not share it, and mass lies below. */
  @Test
  void values_wrongZero_loseASubtreeThatHasMass() {
    for (ArrayTree tree : trees("wrong-zero-small")) {
      double[] exact = tree.logExactValues();
      double[] logPi = tree.logPi();
      int[] depths = tree.depths();
      int[] zeros = inner(tree, v -> tree.logValue(v) == Double.NEGATIVE_INFINITY);
      int[] tops = IntStream.of(zeros).filter(v -> depths[v] == 2).toArray();
      assertThat(tops).hasSize(1);
      assertThat(IntStream.of(zeros)).allMatch(v -> depths[v] >= 2);
      double share = Math.exp(logPi[tops[0]] + exact[tops[0]] - exact[0]);
      assertThat(share).isBetween(0.05, 0.6);
      Problem problem = tree.problem();
      Candidate prefix =
          Candidate.partial(problem.prompt(), problem.model().vocabulary(), path(tree, tops[0]));
      assertThat(problem.verifier().prefixValue().logValue(prefix)).isZero();
    }
  }

  @Test
  void trees_deep_areLong() {
    for (ArrayTree tree : trees("deep-large")) {
      assertThat(tree.depth()).isGreaterThanOrEqualTo(30);
    }
  }

  /** One leaf below the root, and chains that tell by their length that it was not taken. */
  @Test
  void trees_long_areALeafBesideChains() {
    for (String name : List.of("long-empty-large", "long-mixed-large")) {
      for (ArrayTree tree : trees(name)) {
        int[] depths = tree.depths();
        int[] leaves = IntStream.range(0, tree.size()).filter(tree::isLeaf).toArray();
        assertThat(IntStream.of(leaves).filter(leaf -> depths[leaf] == 1)).hasSize(1);
        assertThat(IntStream.of(leaves).filter(leaf -> depths[leaf] > 1))
            .allMatch(leaf -> depths[leaf] > 30 && depths[leaf] <= 91);
        assertThat(inner(tree, v -> tree.childCount(v) != 1)).isEmpty();
        assertThat(IntStream.of(inner(tree, _ -> true)).mapToDouble(tree::logValue).distinct())
            .hasSize(1);
        boolean longOnesPass =
            IntStream.of(leaves).anyMatch(leaf -> depths[leaf] > 1 && tree.logValue(leaf) == 0);
        assertThat(longOnesPass).isEqualTo(name.startsWith("long-mixed"));
      }
    }
  }

  /** The value is 1 below one prefix where all passes and 0 on as much that may pass. */
  @Test
  void values_surePart_areOneBelowOnePrefix() {
    for (ArrayTree tree : trees("sure-part-large")) {
      double[] exact = tree.logExactValues();
      double[] logPi = tree.logPi();
      int[] tops = inner(tree, v -> tree.logValue(v) == 0 && tree.logValue(tree.parent(v)) != 0);
      assertThat(tops).hasSize(1);
      double sure = Math.exp(logPi[tops[0]]);
      assertThat(sure).isBetween(0.2, 0.5);
      assertThat(exact[tops[0]]).isCloseTo(0, within(1e-9));
      assertThat(Math.exp(exact[0]) - sure).isGreaterThan(0.02);
      assertThat(inner(tree, v -> Double.isInfinite(tree.logValue(v)) || tree.logValue(v) == 0))
          .hasSize(tree.innerNodes() - 1);
    }
  }

  @Test
  void named_unknown_listsTheValidOnes() {
    assertThat(Regimes.named(List.of("mild"))).hasSize(2);
    assertThatThrownBy(() -> Regimes.named(List.of("milde")))
        .hasMessageContaining("unknown regime 'milde'")
        .hasMessageContaining("mild-large");
  }
}
