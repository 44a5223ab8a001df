package io.tailwalk.core.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.DecayValue;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.core.verify.Verifiers;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplorerTest {
  private static final Verifier AVOID = Verifiers.avoid("e");

  private static Explorer explorer(
      HashModel model, ExpansionRule rule, int maxTokens, String... stop) {
    ValueFunction value = AVOID.prefixValue().times(new DecayValue(0.8, maxTokens));
    var spec =
        new TreeSpec(
            Prompt.text(""), model.vocabulary(), AVOID, value, rule, maxTokens, List.of(stop), 7);
    return new Explorer(spec, model, Budget.UNLIMITED, new CostMeter(() -> 0));
  }

  private static Children expanded(Explorer explorer, int node) {
    explorer.expand(new int[] {node}, 1);
    return Objects.requireNonNull(explorer.tree().children(node));
  }

  /** Small and wide vocabularies use different code; both must compute u = pi V and S = sum u. */
  @ParameterizedTest
  @ValueSource(ints = {6, 30, 1024, 1025, 3000})
  void expand_enumerated_weightsArePriorTimesValue(int vocabularySize) {
    var model = new HashModel(vocabularySize);
    Explorer explorer = explorer(model, new ExpansionRule.Enumerate(), 4);
    Children children = expanded(explorer, GenerationTree.ROOT);
    LogProbs distribution = model.distribution(new int[0]);
    double sum = 0;
    int positive = 0;
    for (int token = 0; token < vocabularySize; token++) {
      boolean end = token == vocabularySize - 1;
      boolean banned = !end && token % 26 == 'e' - 'a';
      double expected =
          banned ? 0 : Math.exp(distribution.logProb(token)) * (end ? 1 : Math.pow(0.8, 3));
      assertThat(Math.exp(children.logWeight(token))).isCloseTo(expected, within(1e-14));
      sum += expected;
      positive += expected > 0 ? 1 : 0;
    }
    assertThat(Math.exp(children.logTotal())).isCloseTo(sum, within(1e-12));
    assertThat(explorer.tree().logOut(GenerationTree.ROOT)).isEqualTo(children.logTotal());
    assertThat(positive).isLessThan(vocabularySize);
  }

  /** 20,000 draws against u/S; a chi-square this large has probability below 1e-6 on 25 cells. */
  @ParameterizedTest
  @ValueSource(ints = {26, 2000})
  void drawChild_manyDraws_followWeights(int vocabularySize) {
    var model = new HashModel(vocabularySize);
    Explorer explorer = explorer(model, new ExpansionRule.Enumerate(), 4);
    Children children = expanded(explorer, GenerationTree.ROOT);
    int draws = 20_000;
    double[] seen = new double[vocabularySize];
    var chooser = new RandomChooser(Streams.of(11));
    for (int i = 0; i < draws; i++) {
      seen[explorer.tree().token(explorer.drawChild(GenerationTree.ROOT, chooser))]++;
    }
    double chiSquare = 0;
    double restSeen = draws;
    double restExpected = draws;
    for (int token = 0; token < vocabularySize; token++) {
      double expected = draws * Math.exp(children.logWeight(token) - children.logTotal());
      assertThat(expected > 0 || seen[token] == 0).isTrue();
      if (expected > 200) {
        chiSquare += (seen[token] - expected) * (seen[token] - expected) / expected;
        restSeen -= seen[token];
        restExpected -= expected;
      }
    }
    chiSquare += (restSeen - restExpected) * (restSeen - restExpected) / Math.max(1, restExpected);
    assertThat(chiSquare).isLessThan(75);
  }

  /**
   * All at once and one by one; before and at the last depth, after the beginning of a stop string.
   */
  @ParameterizedTest
  @ValueSource(ints = {30, 1025, 3000})
  void logWeights_anyNode_equalOneByOne(int vocabularySize) {
    for (String stop : List.of("bc", "d", "zb")) {
      Explorer explorer =
          explorer(new HashModel(vocabularySize), new ExpansionRule.Enumerate(), 3, stop);
      explorer.calibrate(2, -0.7);
      int node = GenerationTree.ROOT;
      for (int depth = 0; depth < 3; depth++) {
        Children children = expanded(explorer, node);
        double[] weights = children.logWeights();
        double[] values = children.logValues();
        assertThat(weights).hasSize(children.count());
        for (int slot = 0; slot < weights.length; slot++) {
          assertThat(weights[slot]).isEqualTo(children.logWeight(slot));
          assertThat(values[slot]).isEqualTo(children.logValue(slot));
          int child = explorer.childAt(node, slot);
          assertThat(explorer.childIsLeaf(node, slot)).isEqualTo(explorer.tree().isLeaf(child));
          assertThat(explorer.tree().logValue(child)).isEqualTo(values[slot]);
        }
        node = explorer.childAt(node, depth == 0 ? 'b' - 'a' : 'a' - 'a');
      }
    }
  }

  @Test
  void drawChild_child_isNodeWithValueAndLogPi() {
    var model = new HashModel(6);
    Explorer explorer = explorer(model, new ExpansionRule.Enumerate(), 3);
    expanded(explorer, GenerationTree.ROOT);
    int child = explorer.drawChild(GenerationTree.ROOT, new RandomChooser(Streams.of(1)));
    GenerationTree tree = explorer.tree();
    assertThat(tree.walkParent(child)).isEqualTo(GenerationTree.ROOT);
    assertThat(tree.logPi(child))
        .isEqualTo(model.distribution(new int[0]).logProb(tree.token(child)));
    double expected = tree.isLeaf(child) ? 0 : 2 * Math.log(0.8);
    assertThat(tree.logValue(child)).isCloseTo(expected, within(1e-15));
  }

  @Test
  void expand_lastDepth_childrenAreLeavesWithExactReward() {
    var model = new HashModel(8);
    Explorer explorer = explorer(model, new ExpansionRule.Enumerate(), 1);
    Children children = expanded(explorer, GenerationTree.ROOT);
    for (int slot = 0; slot < children.count(); slot++) {
      int child = explorer.childAt(GenerationTree.ROOT, slot);
      assertThat(explorer.tree().isLeaf(child)).isTrue();
      boolean banned = explorer.candidate(child).text().contains("e");
      assertThat(explorer.logValue(child)).isEqualTo(banned ? Double.NEGATIVE_INFINITY : 0.0);
    }
  }

  @Test
  void expand_sampled_sharesAddUpToOneAndAreKept() {
    var model = new HashModel(6);
    Explorer explorer = explorer(model, new ExpansionRule.Sample(8, 1), 3);
    Children children = expanded(explorer, GenerationTree.ROOT);
    double shares = 0;
    for (int slot = 0; slot < children.count(); slot++) {
      shares += Math.exp(children.logPrior(slot));
    }
    assertThat(shares).isCloseTo(1, within(1e-12));
    assertThat(expanded(explorer, GenerationTree.ROOT)).isSameAs(children);
  }

  /** The draws at a node must not depend on the nodes expanded before it. */
  @Test
  void expand_sampledInAnotherOrder_sameChildren() {
    Explorer first = explorer(new HashModel(6), new ExpansionRule.Sample(4, 1), 4);
    Explorer second = explorer(new HashModel(6), new ExpansionRule.Sample(4, 1), 4);
    expanded(first, GenerationTree.ROOT);
    expanded(second, GenerationTree.ROOT);
    int[] inner = innerChildren(first);
    assertThat(inner.length).isGreaterThan(1);
    for (int node : inner) {
      expanded(first, node);
    }
    for (int i = inner.length - 1; i >= 0; i--) {
      Children other = expanded(second, inner[i]);
      Children here = Objects.requireNonNull(first.tree().children(inner[i]));
      assertThat(other.count()).isEqualTo(here.count());
      for (int slot = 0; slot < here.count(); slot++) {
        int mine = first.tree().token(first.childAt(inner[i], slot));
        assertThat(second.tree().token(second.childAt(inner[i], slot))).isEqualTo(mine);
      }
    }
  }

  private static int[] innerChildren(Explorer explorer) {
    Children children = Objects.requireNonNull(explorer.tree().children(GenerationTree.ROOT));
    return java.util.stream.IntStream.range(0, children.count())
        .map(slot -> explorer.childAt(GenerationTree.ROOT, slot))
        .filter(node -> !explorer.tree().isLeaf(node))
        .toArray();
  }

  @Test
  void expand_blocks_childrenAreBlockLengthDeeperOrLeaves() {
    Explorer explorer = explorer(new HashModel(5), new ExpansionRule.Sample(16, 3), 7);
    Children children = expanded(explorer, GenerationTree.ROOT);
    for (int slot = 0; slot < children.count(); slot++) {
      int child = explorer.childAt(GenerationTree.ROOT, slot);
      assertThat(explorer.tree().isLeaf(child) || explorer.tree().depth(child) == 3).isTrue();
      assertThat(explorer.tree().walkParent(child)).isEqualTo(GenerationTree.ROOT);
    }
  }

  /** The first round of a node is always drawn; a round that would exceed the limit is not. */
  @Test
  void expand_blocksBeyondTheLimit_endEarlyAtTheSameDepth() {
    Explorer explorer = explorer(new HashModel(40), new ExpansionRule.Sample(1000, 50), 60);
    explorer.limitBlocks(Budget.ofModelTokens(5));
    Children children = expanded(explorer, GenerationTree.ROOT);
    assertThat(explorer.meter().modelTokens()).isLessThanOrEqualTo(5);
    double shares = 0;
    for (int slot = 0; slot < children.count(); slot++) {
      int child = explorer.childAt(GenerationTree.ROOT, slot);
      assertThat(explorer.tree().isLeaf(child) || explorer.tree().depth(child) == 1).isTrue();
      shares += Math.exp(children.logPrior(slot));
    }
    assertThat(shares).isCloseTo(1, within(1e-12));
  }

  @Test
  void root_copies_drawTheirOwnChildrenButShareDistributions() {
    var model = new HashModel(12);
    Explorer explorer = explorer(model, new ExpansionRule.Sample(3, 1), 5);
    expanded(explorer, explorer.root(0));
    long tokens = explorer.meter().modelTokens();
    long calls = explorer.meter().modelCalls();
    int differing = 0;
    for (int copy = 1; copy < 20; copy++) {
      Children mine = expanded(explorer, explorer.root(copy));
      Children first = Objects.requireNonNull(explorer.tree().children(explorer.root(0)));
      int firstToken = explorer.tree().token(explorer.childAt(explorer.root(0), 0));
      int mineToken = explorer.tree().token(explorer.childAt(explorer.root(copy), 0));
      differing += mine.count() != first.count() || firstToken != mineToken ? 1 : 0;
    }
    assertThat(differing).isGreaterThan(5);
    assertThat(explorer.meter().modelTokens()).isEqualTo(tokens);
    assertThat(explorer.meter().modelCalls()).isEqualTo(calls);
  }

  @Test
  void evaluate_sameNodeTwice_asksTheModelOnce() {
    var model = new HashModel(6);
    Explorer explorer = explorer(model, new ExpansionRule.Enumerate(), 4);
    int node = explorer.extend(GenerationTree.ROOT, 0, -1.0);
    explorer.evaluate(new int[] {node, node}, 2);
    explorer.evaluate(new int[] {node}, 1);
    assertThat(explorer.meter().modelTokens()).isEqualTo(1);
    assertThat(explorer.meter().cost().cachedTokens()).isEqualTo(2);
  }

  /**
   * Setting the factor of a depth before or after its nodes are created must give the same result.
   */
  @ParameterizedTest
  @ValueSource(ints = {6, 2000})
  void calibrate_beforeOrAfterExpansion_sameWeights(int vocabularySize) {
    Explorer before = explorer(new HashModel(vocabularySize), new ExpansionRule.Enumerate(), 4);
    Explorer after = explorer(new HashModel(vocabularySize), new ExpansionRule.Enumerate(), 4);
    before.calibrate(1, -1.5);
    Children made = expanded(before, GenerationTree.ROOT);
    Children changed = expanded(after, GenerationTree.ROOT);
    double untouched = changed.logTotal();
    after.calibrate(1, -0.5);
    after.calibrate(1, -1.5);
    assertThat(changed.logTotal()).isCloseTo(made.logTotal(), within(1e-12));
    assertThat(changed.logTotal()).isLessThan(untouched);
    assertThat(after.tree().logOut(GenerationTree.ROOT)).isEqualTo(changed.logTotal());
    assertThat(after.logValue(after.childAt(GenerationTree.ROOT, 0)))
        .isCloseTo(before.logValue(before.childAt(GenerationTree.ROOT, 0)), within(1e-12));
  }

  @Test
  void candidate_stopString_endsTheResponseAndIsCutOff() {
    var model = new HashModel(27);
    Explorer explorer = explorer(model, new ExpansionRule.Enumerate(), 10, "bc");
    int node = GenerationTree.ROOT;
    for (char letter : "abc".toCharArray()) {
      assertThat(explorer.tree().isLeaf(node)).isFalse();
      node = explorer.extend(node, letter - 'a', -1);
    }
    assertThat(explorer.tree().ending(node)).isEqualTo(Ending.STOP_STRING);
    assertThat(explorer.candidate(node).text()).isEqualTo("a");
    assertThat(explorer.candidate(node).finishReason()).contains(FinishReason.STOP);
  }

  @Test
  void expand_valueNaN_isRefusedByName() {
    var model = new HashModel(6);
    var spec =
        new TreeSpec(
            Prompt.text(""),
            model.vocabulary(),
            AVOID,
            prefix -> Double.NaN,
            new ExpansionRule.Enumerate(),
            4,
            List.of(),
            1);
    var explorer = new Explorer(spec, model, Budget.UNLIMITED, new CostMeter(() -> 0));
    assertThatThrownBy(() -> explorer.expand(new int[] {GenerationTree.ROOT}, 1))
        .isInstanceOf(VerifierException.class)
        .hasMessageContaining("value function returned a log-score of NaN");
  }

  @Test
  void extend_manyNodes_areFoundAgain() {
    Explorer explorer = explorer(new HashModel(50), new ExpansionRule.Enumerate(), 1000);
    int[] nodes = new int[50 * 200];
    int at = GenerationTree.ROOT;
    for (int level = 0; level < 200; level++) {
      for (int token = 0; token < 49; token++) {
        nodes[level * 50 + token] = explorer.extend(at, token, -1);
      }
      at = nodes[level * 50 + level % 49];
    }
    at = GenerationTree.ROOT;
    for (int level = 0; level < 200; level++) {
      for (int token = 0; token < 49; token++) {
        assertThat(explorer.tree().find(at, token)).isEqualTo(nodes[level * 50 + token]);
      }
      at = nodes[level * 50 + level % 49];
    }
    assertThat(explorer.tree().find(at, 0)).isEqualTo(GenerationTree.NONE);
  }
}
