package io.tailwalk.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.Verifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Distributions within a limit of memory: what is dropped, and that nothing else changes. */
class KeptDistributionsTest {
  private static final int ROOT = GenerationTree.ROOT;
  private static final int WIDE = 3_000;
  private static final int MAX_TOKENS = 12;

  private final CostMeter meter = new CostMeter(() -> 0);

  private Explorer explorer(ValueFunction value, ExpansionRule rule) {
    var model = new HashModel(WIDE);
    Verifier verifier = Verifiers.avoid("e");
    var spec =
        new TreeSpec(
            Prompt.text(""), model.vocabulary(), verifier, value, rule, MAX_TOKENS, List.of(), 7);
    return new Explorer(spec, model, Budget.UNLIMITED, meter);
  }

  private Explorer enumerated() {
    return explorer(Verifiers.avoid("e").prefixValue(), new ExpansionRule.Enumerate());
  }

  private static List<Integer> kept(Explorer explorer) {
    return IntStream.range(0, explorer.tree().size())
        .filter(node -> {
          NodeDistribution known = explorer.tree().distribution(node);
          return known != null && !known.isDropped();
        })
        .boxed()
        .toList();
  }

  /** The memory of one distribution of the vocabulary. */
  private static long one(Explorer explorer) {
    return explorer.distribution(ROOT).memoryBytes();
  }

  @Test
  void leastRecentlyUsed_isDroppedFirst() {
    Explorer explorer = enumerated();
    explorer.keepDistributions(3 * one(explorer));
    int[] nodes = IntStream.range(0, 4).map(token -> explorer.extend(ROOT, token, -1)).toArray();
    explorer.distribution(nodes[0]);
    explorer.distribution(nodes[1]);
    explorer.distribution(ROOT);
    explorer.distribution(nodes[2]);
    assertThat(kept(explorer)).containsExactly(ROOT, nodes[1], nodes[2]);
    // A batch uses what it finds.
    explorer.evaluate(new int[] {nodes[1], nodes[3]}, 2);
    assertThat(kept(explorer)).containsExactly(nodes[1], nodes[2], nodes[3]);
  }

  @Test
  void droppedDistribution_isTheSameAgain_andCostsCallsButNoTokensOfTheBudget() {
    Explorer explorer = enumerated();
    explorer.keepDistributions(1);
    int first = explorer.extend(ROOT, 0, -1);
    int second = explorer.extend(ROOT, 1, -1);
    double before = explorer.distribution(first).logProb(17);
    explorer.distribution(second);
    long calls = meter.modelCalls();
    assertThat(meter.modelTokens()).isEqualTo(2);
    explorer.evaluate(new int[] {first, second, first}, 3);
    assertThat(meter.modelTokens()).isEqualTo(2);
    assertThat(meter.tokensAgain()).isEqualTo(1);
    assertThat(meter.modelCalls()).isEqualTo(calls + 1);
    assertThat(meter.callsAgain()).isEqualTo(1);
    assertThat(explorer.distribution(first).logProb(17)).isEqualTo(before);
    assertThat(meter.cost().modelTokens()).isEqualTo(2);
  }

  /** Memory stays within the limit while the tree grows, but for what is kept of every node. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void manyExpansions_keepAFewDistributions(boolean enumerated) {
    Explorer explorer =
        enumerated ? enumerated() : explorer(ValueFunction.ONE, new ExpansionRule.Sample(4, 1));
    long limit = 8 * one(explorer);
    explorer.keepDistributions(limit);
    var chooser = new RandomChooser(Streams.of(1, 2));
    int expanded = 0;
    for (int draw = 0; draw < 40; draw++) {
      int node = ROOT;
      while (!explorer.tree().isLeaf(node)) {
        expanded += explorer.tree().isExpanded(node) ? 0 : 1;
        explorer.expand(new int[] {node}, 1);
        node = explorer.drawChild(node, chooser);
      }
      assertThat(kept(explorer)).hasSizeLessThanOrEqualTo(8);
    }
    assertThat(expanded).isGreaterThan(200);
    long nodes = explorer.tree().size() * 96L + explorer.tree().size() * 1_000L;
    assertThat(explorer.tree().memoryBytes()).isLessThan(limit + nodes);
  }

  /** Walks down a tree, then the frontier of all of it: every number is the same, to the bit. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void treeAndFrontier_haveTheSameNumbersAtAnyLimit(boolean masked) {
    List<Double> much = numbers(masked, Long.MAX_VALUE);
    assertThat(meter.tokensAgain()).isZero();
    List<Double> some = numbers(masked, 200_000);
    assertThat(meter.tokensAgain()).isPositive();
    assertThat(some).isEqualTo(much);
    assertThat(numbers(masked, 1)).isEqualTo(much);
  }

  private List<Double> numbers(boolean masked, long limit) {
    ValueFunction mask = Verifiers.avoid("e").prefixValue();
    ValueFunction value =
        masked ? mask : mask.times(new io.tailwalk.core.verify.DecayValue(0.9, MAX_TOKENS));
    Explorer explorer = explorer(value, new ExpansionRule.Enumerate());
    explorer.keepDistributions(limit);
    var chooser = new RandomChooser(Streams.of(3, 4));
    List<Double> numbers = new ArrayList<>();
    for (int draw = 0; draw < 12; draw++) {
      if (draw == 2) {
        explorer.calibrate(3, 0.25);
      }
      int node = ROOT;
      while (!explorer.tree().isLeaf(node)) {
        explorer.expand(new int[] {node}, 1);
        numbers.add(explorer.tree().logOut(node));
        node = explorer.drawChild(node, chooser);
        numbers.add((double) explorer.tree().token(node));
      }
    }
    var frontier = new Frontier(explorer, ROOT);
    for (int step = 0; step < 30; step++) {
      FrontierPrefix next =
          switch (step % 3) {
            case 0 -> frontier.drawPlain(chooser);
            case 1 -> frontier.drawGuided(chooser);
            default -> frontier.largest(2).getLast();
          };
      explorer.expand(new int[] {frontier.node(next)}, 1);
      FrontierNode entered = frontier.enter(next);
      numbers.add((double) next.slot());
      numbers.add(entered.logComplete());
      numbers.add(frontier.found());
      numbers.add(frontier.logOpen());
      numbers.add(frontier.logGuided());
    }
    Children children = Objects.requireNonNull(explorer.tree().children(ROOT));
    for (double weight : children.logWeights()) {
      numbers.add(weight);
    }
    return numbers;
  }
}
