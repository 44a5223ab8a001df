package io.tailwalk.core.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.DecayValue;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.Verifiers;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreePartsTest {
  private static final int ROOT = GenerationTree.ROOT;

  private final CostMeter meter = new CostMeter(() -> 0);

  /** Rewards without a word on prefixes. */
  private record Silent(Verifier verifier) implements Verifier {
    @Override
    public String name() {
      return verifier.name();
    }

    @Override
    public double logReward(Candidate complete) {
      return verifier.logReward(complete);
    }

    @Override
    public double logRewardBound() {
      return 0;
    }
  }

  private Explorer explorer(
      int vocabularySize,
      Verifier verifier,
      ValueFunction value,
      ExpansionRule rule,
      Budget budget,
      String... stop) {
    var model = new HashModel(vocabularySize);
    var spec =
        new TreeSpec(
            Prompt.text(""), model.vocabulary(), verifier, value, rule, 6, List.of(stop), 7);
    return new Explorer(spec, model, budget, meter);
  }

  private static Children expanded(Explorer explorer, int node) {
    explorer.expand(new int[] {node}, 1);
    return Objects.requireNonNull(explorer.tree().children(node));
  }

  /** A sum in doubles with what each addition lost, against the exact sum. */
  @Test
  void logSum_largeAndSmallTerms_losesNothing() {
    double large = 60 * Math.log(2);
    for (int before : new int[] {0, 300}) {
      var sum = new LogSum();
      BigDecimal exact = BigDecimal.ZERO;
      for (int i = 0; i < before; i++) {
        sum.add(0);
        exact = exact.add(BigDecimal.ONE);
      }
      sum.add(large);
      exact = exact.add(new BigDecimal(Math.exp(large)));
      for (int i = 0; i < 2000; i++) {
        sum.add(0);
        exact = exact.add(BigDecimal.ONE);
        assertThat(sum.value()).isEqualTo(exact.doubleValue());
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void stopStrings_areFoundAcrossTokens() {
    var stops = new StopStrings(List.of("bcd", "x"));
    assertThat(stops.isEmpty()).isFalse();
    assertThat(stops.reach()).isEqualTo(2);
    assertThat(stops.matchLength(bytes("bc"), bytes("d"))).isEqualTo(3);
    assertThat(stops.matchLength(bytes("ab"), bytes("cde"))).isEqualTo(4);
    assertThat(stops.matchLength(bytes("ab"), bytes("ax"))).isEqualTo(1);
    assertThat(stops.matchLength(bytes("ab"), bytes("xbcd"))).isEqualTo(4);
    assertThat(stops.matchLength(bytes(""), bytes("bcd"))).isEqualTo(3);
    assertThat(stops.matchLength(bytes("ab"), bytes("c"))).isZero();
    assertThat(stops.matchLength(bytes("x"), bytes(""))).isZero();
    assertThat(new StopStrings(List.of()).isEmpty()).isTrue();
    assertThat(new StopStrings(List.of()).reach()).isZero();
    assertThat(new StopStrings(List.of()).matchLength(bytes("a"), bytes("b"))).isZero();
  }

  /** What a token completes behind a text, it completes behind the beginning found there. */
  @Test
  void begunIn_randomTexts_isAllOfTheTextThatMatters() {
    var stops = new StopStrings(List.of("abab", "bb", "cabc", "a"));
    var random = new Random(8);
    for (int round = 0; round < 5_000; round++) {
      byte[] text = letters(random, random.nextInt(stops.reach() + 1));
      byte[] token = letters(random, 1 + random.nextInt(4));
      if (stops.matchLength(new byte[0], text) > 0) {
        continue; // the text is complete, so no token follows
      }
      assertThat(stops.matchLength(stops.begunIn(text), token))
          .as("%s then %s", new String(text, UTF_8), new String(token, UTF_8))
          .isEqualTo(stops.matchLength(text, token));
    }
    assertThat(stops.begunIn(bytes("xca"))).isEqualTo(bytes("ca"));
    assertThat(stops.begunIn(bytes("xbb"))).isEqualTo(bytes("b"));
  }

  private static byte[] letters(Random random, int length) {
    byte[] letters = new byte[length];
    for (int i = 0; i < length; i++) {
      letters[i] = (byte) ("abbc".charAt(random.nextInt(4)) + (random.nextInt(9) == 0 ? 4 : 0));
    }
    return letters;
  }

  /** Behind "ab" the stop string "bcd" needs "cd", and the text that is valued is "a". */
  @ParameterizedTest
  @ValueSource(ints = {27, 1041})
  void children_thatCompleteAStopString_areValuedWithoutIt(int vocabularySize) {
    Explorer explorer =
        explorer(
            vocabularySize,
            Verifiers.length(1, 1),
            ValueFunction.ONE,
            new ExpansionRule.Enumerate(),
            Budget.UNLIMITED,
            "bcd");
    int node = ROOT;
    for (char letter : "abc".toCharArray()) {
      node = explorer.extend(node, letter - 'a', -1);
    }
    Children children = expanded(explorer, node);
    int d = 'd' - 'a';
    assertThat(children.isLeaf(d)).isTrue();
    assertThat(children.logValue(d)).isZero();
    assertThat(children.logValues()[d]).isZero();
    assertThat(children.isLeaf(d + 1)).isFalse();
    int child = explorer.childAt(node, d);
    assertThat(explorer.candidate(child).text()).isEqualTo("a");
    assertThat(children.undecided().get(d)).isFalse();
    int end = vocabularySize - 1;
    assertThat(children.isLeaf(end)).isTrue();
    assertThat(children.logValue(end)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  /**
   * Dead prefixes are known from the value where all its zeros are proofs, else from the verifier,
   * else not at all. Forbidden letters are 4 modulo 26.
   */
  @ParameterizedTest
  @CsvSource({
    "6, true, true, false",
    "6, true, false, false",
    "6, false, true, false",
    "6, false, false, true",
    "1030, true, true, false",
    "1030, true, false, false",
    "1030, false, true, false",
    "1030, false, false, true"
  })
  void undecided_byWhoProves(
      int vocabularySize, boolean verifierProves, boolean valueProves, boolean open) {
    Verifier avoid = Verifiers.avoid("e");
    ValueFunction mask = avoid.prefixValue();
    Explorer explorer =
        explorer(
            vocabularySize,
            verifierProves ? avoid : new Silent(avoid),
            valueProves ? mask : mask.times(new DecayValue(0.8, 6)),
            new ExpansionRule.Enumerate(),
            Budget.UNLIMITED);
    Children children = expanded(explorer, ROOT);
    assertThat(children.undecided().get(3)).isTrue();
    assertThat(children.undecided().get(4)).isEqualTo(open);
    assertThat(children.undecided().get(vocabularySize - 1)).isFalse();
    assertThat(children.logValue(4)).isEqualTo(Double.NEGATIVE_INFINITY);
    boolean wide = vocabularySize > 6;
    int inner = wide ? 1 : 5;
    // The proofs are asked for apart where they are not the value's own zeros.
    boolean apart = verifierProves && !valueProves;
    assertThat(meter.cost().valueCalls()).isEqualTo(apart ? 2 * inner : inner);
    assertThat(meter.cost().verifierCalls()).isOne();
  }

  /** Without a value nothing proves, not even its ones. */
  @ParameterizedTest
  @ValueSource(ints = {6, 1030})
  void undecided_withoutAValue_isAsTheVerifierProves(int vocabularySize) {
    Verifier avoid = Verifiers.avoid("e");
    Explorer explorer =
        explorer(
            vocabularySize,
            avoid,
            ValueFunction.ONE,
            new ExpansionRule.Enumerate(),
            Budget.UNLIMITED);
    assertThat(expanded(explorer, ROOT).undecided().get(4)).isFalse();
  }

  @Test
  void memory_isThatOfNodesDistributionsAndChildren() {
    Explorer explorer =
        explorer(
            6, Verifiers.any(), ValueFunction.ONE, new ExpansionRule.Enumerate(), Budget.UNLIMITED);
    GenerationTree tree = explorer.tree();
    long before = tree.memoryBytes();
    long handle = 56;
    explorer.evaluate(new int[] {ROOT}, 1);
    assertThat(tree.memoryBytes()).isEqualTo(before + handle + 8 * 6);
    Children children = expanded(explorer, ROOT);
    assertThat(children.memoryBytes()).isPositive();
    assertThat(tree.memoryBytes()).isEqualTo(before + handle + 8 * 6 + children.memoryBytes());
    int size = tree.size();
    explorer.childAt(ROOT, 0);
    assertThat(tree.size()).isEqualTo(size + 1);
    assertThat(tree.memoryBytes())
        .isEqualTo(before + handle + 8 * 6 + children.memoryBytes() + before / size);
  }

  /** Actions are drawn below the node that is expanded, of the wanted length but for leaves. */
  @Test
  void sampledChildren_ofAnInnerNode_areBelowIt() {
    Explorer explorer =
        explorer(
            6,
            Verifiers.any(),
            ValueFunction.ONE,
            new ExpansionRule.Sample(12, 2),
            Budget.UNLIMITED);
    int node = explorer.extend(ROOT, 2, -1);
    Children children = expanded(explorer, node);
    for (int slot = 0; slot < children.count(); slot++) {
      int child = explorer.childAt(node, slot);
      int[] tokens = explorer.tree().tokenIds(child);
      assertThat(tokens[0]).isEqualTo(2);
      boolean ended = tokens[tokens.length - 1] == 5;
      assertThat(tokens.length).isEqualTo(ended ? tokens.length : 3);
      assertThat(children.isLeaf(slot)).isEqualTo(ended);
      assertThat(children.undecided().get(slot)).isEqualTo(!ended);
      assertThat(Arrays.stream(tokens, 0, tokens.length - 1)).doesNotContain(5);
      assertThat(explorer.tree().walkParent(child)).isEqualTo(node);
      // Twelfths.
      double twelfths = 12 * Math.exp(children.logPrior(slot));
      assertThat(Math.abs(twelfths - Math.rint(twelfths))).isLessThan(1e-9);
    }
  }

  @Test
  void rules_belowOne_areRefused() {
    assertThat(new ExpansionRule.Sample(1, 1).actionLength()).isOne();
    assertThat(new ExpansionRule.Sample(1, 3).actionLength()).isEqualTo(3);
    assertThat(new ExpansionRule.Enumerate().actionLength()).isOne();
    assertThatThrownBy(() -> new ExpansionRule.Sample(0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ExpansionRule.Sample(1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** What leaves a node over what comes in: the sum of its children's weights over its value. */
  @Test
  void outOverIn_ofAnExpandedNode_isTheQuotient() {
    Explorer explorer =
        explorer(
            6,
            Verifiers.any(),
            new DecayValue(0.5, 6),
            new ExpansionRule.Enumerate(),
            Budget.UNLIMITED);
    expanded(explorer, ROOT);
    int child = explorer.childAt(ROOT, 0);
    Children children = expanded(explorer, child);
    GenerationTree tree = explorer.tree();
    double expected = Math.exp(children.logTotal() - 5 * Math.log(0.5));
    assertThat(Math.abs(tree.outOverIn(child) - expected)).isLessThan(1e-12 * expected);
  }
}
