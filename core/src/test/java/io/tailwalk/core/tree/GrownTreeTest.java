package io.tailwalk.core.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.DecayValue;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.Verifiers;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tree is charged for, what calibration moves, and what is known of a sampled tree. */
class GrownTreeTest {
  private static final double ALPHA = 0.8;
  private static final int ROOT = GenerationTree.ROOT;

  private final CostMeter meter = new CostMeter(() -> 0);

  private Explorer explorer(HashModel model, ExpansionRule rule, int maxTokens) {
    Verifier avoid = Verifiers.avoid("e");
    var spec =
        new TreeSpec(
            Prompt.text(""),
            model.vocabulary(),
            avoid,
            avoid.prefixValue().times(new DecayValue(ALPHA, maxTokens)),
            rule,
            maxTokens,
            List.of(),
            7);
    return new Explorer(spec, model, Budget.UNLIMITED.withNodes(3), meter);
  }

  private Explorer enumerated(int vocabularySize) {
    return explorer(new HashModel(vocabularySize), new ExpansionRule.Enumerate(), 4);
  }

  @Test
  void expand_countsEachNodeOnce() {
    Explorer explorer = enumerated(6);
    explorer.expand(new int[] {ROOT, ROOT}, 2);
    assertThat(meter.nodesExpanded()).isOne();
    assertThat(meter.modelCalls()).isOne();
    int child = explorer.childAt(ROOT, 0);
    int other = explorer.childAt(ROOT, 1);
    explorer.expand(new int[] {ROOT, child, other}, 2);
    assertThat(meter.nodesExpanded()).isEqualTo(2);
    assertThat(explorer.tree().isExpanded(other)).isFalse();
    assertThat(explorer.budgetReached()).isEmpty();
    explorer.expand(new int[] {other}, 1);
    assertThat(explorer.budgetReached()).contains(StopReason.NODES);
    explorer.limit(Budget.UNLIMITED);
    assertThat(explorer.budgetReached()).isEmpty();
    long calls = meter.modelCalls();
    explorer.expand(new int[] {ROOT, other}, 2);
    assertThat(meter.nodesExpanded()).isEqualTo(3);
    assertThat(meter.modelCalls()).isEqualTo(calls);
  }

  /** What a model was asked before belongs to somebody else. */
  @Test
  void meter_ofAUsedModel_beginsAtZero() {
    var model = new HashModel(6);
    model.next(new int[][] {{0}, {1}});
    Explorer explorer = explorer(model, new ExpansionRule.Enumerate(), 4);
    assertThat(meter.modelTokens()).isZero();
    assertThat(meter.modelCalls()).isZero();
    explorer.distribution(explorer.extend(ROOT, 1, -1));
    assertThat(meter.modelTokens()).isOne();
    assertThat(meter.modelCalls()).isOne();
  }

  @Test
  void distribution_isAskedForOnce() {
    var model = new HashModel(6);
    Explorer explorer = explorer(model, new ExpansionRule.Enumerate(), 4);
    int child = explorer.extend(ROOT, 2, -1);
    LogProbs distribution = explorer.distribution(child);
    assertThat(distribution.logProb(3)).isEqualTo(model.distribution(new int[] {2}).logProb(3));
    assertThat(explorer.distribution(child)).isSameAs(distribution);
    assertThat(meter.modelCalls()).isOne();
  }

  /** More nodes than there is room for at first, some of them twice, in one call of the model. */
  @Test
  void evaluate_manyNodes_asksForAllAtOnce() {
    Explorer explorer = enumerated(300);
    int[] nodes = IntStream.range(0, 500).map(i -> explorer.extend(ROOT, i % 299, -1)).toArray();
    explorer.evaluate(nodes, 500);
    assertThat(meter.modelTokens()).isEqualTo(299);
    assertThat(meter.modelCalls()).isOne();
    assertThat(meter.cost().cachedTokens()).isEqualTo(201);
    for (int node : nodes) {
      assertThat(explorer.tree().distribution(node)).isNotNull();
    }
  }

  /** Inner nodes by the value function, leaves by the verifier, each once. */
  @Test
  void value_nodes_areValuedOnce() {
    Explorer explorer = enumerated(6);
    int inner = explorer.extend(ROOT, 0, -1);
    int dead = explorer.extend(ROOT, 4, -1);
    int leaf = explorer.extend(ROOT, 5, -1);
    explorer.value(new int[] {inner, dead, leaf, inner, ROOT}, 5);
    assertThat(meter.cost().valueCalls()).isEqualTo(2);
    assertThat(meter.cost().verifierCalls()).isOne();
    assertThat(explorer.tree().logValue(inner)).isCloseTo(3 * Math.log(ALPHA), within(1e-15));
    assertThat(explorer.tree().logValue(dead)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(explorer.tree().logValue(leaf)).isZero();
    explorer.value(new int[] {inner, leaf}, 2);
    assertThat(explorer.logValue(inner)).isCloseTo(3 * Math.log(ALPHA), within(1e-15));
    assertThat(meter.cost().valueCalls()).isEqualTo(2);
    int later = explorer.extend(inner, 1, -1);
    assertThat(explorer.logValue(later)).isCloseTo(2 * Math.log(ALPHA), within(1e-15));
    assertThat(meter.cost().valueCalls()).isEqualTo(3);
  }

  /** The factor of a depth moves the values of its inner nodes and no others. */
  @Test
  void calibrate_movesInnerNodesOfTheDepth() {
    Explorer explorer = enumerated(6);
    int inner = explorer.extend(ROOT, 0, -1);
    int unvalued = explorer.extend(ROOT, 1, -1);
    int leaf = explorer.extend(ROOT, 5, -1);
    int deeper = explorer.extend(inner, 1, -1);
    explorer.value(new int[] {inner, leaf, deeper}, 3);
    explorer.calibrate(1, -0.5);
    GenerationTree tree = explorer.tree();
    assertThat(tree.logValue(inner)).isCloseTo(3 * Math.log(ALPHA) - 0.5, within(1e-15));
    assertThat(tree.logValue(unvalued)).isNaN();
    assertThat(tree.logValue(leaf)).isZero();
    assertThat(tree.logValue(deeper)).isCloseTo(2 * Math.log(ALPHA), within(1e-15));
    assertThat(explorer.logValue(unvalued)).isCloseTo(3 * Math.log(ALPHA) - 0.5, within(1e-15));
    explorer.calibrate(1, 0.25);
    assertThat(tree.logValue(inner)).isCloseTo(3 * Math.log(ALPHA) + 0.25, within(1e-15));
  }

  /** Slots, nodes and tokens of the children of one node belong together. */
  @ParameterizedTest
  @ValueSource(ints = {6, 1030})
  void slots_nodesAndTokens_belongTogether(int vocabularySize) {
    Explorer explorer = enumerated(vocabularySize);
    explorer.expand(new int[] {ROOT}, 1);
    for (int slot : new int[] {3, 0, 2}) {
      assertThat(explorer.childToken(ROOT, slot)).isEqualTo(slot);
      int child = explorer.childAt(ROOT, slot);
      assertThat(explorer.childAt(ROOT, slot)).isEqualTo(child);
      assertThat(explorer.childToken(ROOT, slot)).isEqualTo(slot);
      assertThat(explorer.tree().token(child)).isEqualTo(slot);
      assertThat(explorer.slotOf(ROOT, child)).isEqualTo(slot);
      assertThat(explorer.tree().walkParent(child)).isEqualTo(ROOT);
    }
  }

  /**
   * Of a tree of sampled children: the model's probability of the distinct complete responses seen,
   * times their reward, and of what is neither seen nor proven dead.
   */
  @Test
  void knownMass_ofASampledTree_isTheSumOverDistinctPaths() {
    var model = new HashModel(6);
    Explorer explorer = explorer(model, new ExpansionRule.Sample(60, 1), 3);
    explorer.expand(new int[] {ROOT}, 1);
    for (int round = 0; round < 2; round++) {
      int[] inner =
          IntStream.range(0, explorer.tree().size())
              .filter(node -> !explorer.tree().isLeaf(node) && !explorer.tree().isExpanded(node))
              .toArray();
      explorer.expand(inner, inner.length);
    }
    GenerationTree tree = explorer.tree();
    Set<List<Integer>> leaves = new HashSet<>();
    Set<List<Integer>> dead = new HashSet<>();
    for (int node = 1; node < tree.size(); node++) {
      List<Integer> path = Arrays.stream(tree.tokenIds(node)).boxed().toList();
      if (!path.isEmpty() && path.subList(0, path.size() - 1).contains(4)) {
        continue; // below a dead prefix
      }
      if (tree.isLeaf(node)) {
        leaves.add(path);
      } else if (path.contains(4)) {
        dead.add(path);
      }
    }
    double found = 0;
    double unresolved = 1;
    for (List<Integer> leaf : leaves) {
      found += leaf.contains(4) ? 0 : probability(model, leaf);
      unresolved -= probability(model, leaf);
    }
    for (List<Integer> prefix : dead) {
      unresolved -= probability(model, prefix);
    }
    assertThat(leaves).hasSizeGreaterThan(5);
    KnownMass known = KnownMass.of(explorer);
    assertThat(known.found()).isCloseTo(found, within(1e-12));
    assertThat(known.unresolved()).isCloseTo(unresolved, within(1e-12));
    Interval certain = known.certain(1);
    assertThat(certain.low()).isCloseTo(found, within(1e-9)).isLessThanOrEqualTo(found);
    assertThat(certain.high()).isCloseTo(found + unresolved, within(1e-9));
    assertThat(known.certain(2).high()).isCloseTo(found + 2 * unresolved, within(1e-9));
  }

  private static double probability(HashModel model, List<Integer> path) {
    double log = 0;
    for (int depth = 0; depth < path.size(); depth++) {
      int[] prefix = path.subList(0, depth).stream().mapToInt(Integer::intValue).toArray();
      log += model.distribution(prefix).logProb(path.get(depth));
    }
    return Math.exp(log);
  }
}
