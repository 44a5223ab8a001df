package io.tailwalk.core.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.DecayValue;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.Verifiers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The sums of a frontier at every step of its growth, against their definition over the expanded
 * prefixes. Letters whose number is 4 modulo 26 are forbidden; the last token ends a response.
 */
class FrontierSumsTest {
  private static final int MAX_TOKENS = 3;
  private static final double ALPHA = 0.8;
  private static final double CLOSE = 1e-12;

  private final Map<List<Integer>, Double> open = new HashMap<>();
  private double found;
  private double openMass;
  private double guidedMass;

  private static Explorer explorer(int vocabularySize, boolean proves) {
    Verifier avoid = Verifiers.avoid("e");
    ValueFunction mask = avoid.prefixValue();
    ValueFunction value = mask.times(new DecayValue(ALPHA, MAX_TOKENS));
    Verifier verifier = proves ? avoid : new Unproven(avoid);
    var model = new HashModel(vocabularySize);
    var spec =
        new TreeSpec(
            Prompt.text(""),
            model.vocabulary(),
            verifier,
            value,
            new ExpansionRule.Enumerate(),
            MAX_TOKENS,
            List.of(),
            7);
    return new Explorer(spec, model, Budget.UNLIMITED, new CostMeter(() -> 0));
  }

  /** With little memory, only the distribution that was used last is kept. */
  private static Explorer explorer(int vocabularySize, boolean proves, boolean littleMemory) {
    Explorer explorer = explorer(vocabularySize, proves);
    if (littleMemory) {
      explorer.keepDistributions(1);
    }
    return explorer;
  }

  /** The same rewards without a word on prefixes. */
  private record Unproven(Verifier verifier) implements Verifier {
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

  private static boolean forbidden(int vocabularySize, List<Integer> path) {
    return path.stream().anyMatch(token -> token < vocabularySize - 1 && token % 26 == 4);
  }

  private void define(int vocabularySize, boolean proves, Set<List<Integer>> expanded) {
    var model = new HashModel(vocabularySize);
    open.clear();
    found = 0;
    openMass = 0;
    guidedMass = 0;
    for (List<Integer> prefix : expanded) {
      double mass = 1;
      for (int depth = 0; depth < prefix.size(); depth++) {
        mass *= probability(model, prefix.subList(0, depth), prefix.get(depth));
      }
      for (int token = 0; token < vocabularySize; token++) {
        List<Integer> child = new ArrayList<>(prefix);
        child.add(token);
        double ofChild = mass * probability(model, prefix, token);
        boolean bad = forbidden(vocabularySize, child);
        if (token == vocabularySize - 1 || child.size() == MAX_TOKENS) {
          found += bad ? 0 : ofChild;
        } else if (!expanded.contains(child) && !(bad && proves)) {
          open.put(child, ofChild);
          openMass += ofChild;
          guidedMass += bad ? 0 : ofChild * Math.pow(ALPHA, MAX_TOKENS - child.size());
        }
      }
    }
  }

  private static double probability(HashModel model, List<Integer> prefix, int token) {
    int[] ids = prefix.stream().mapToInt(Integer::intValue).toArray();
    return Math.exp(model.distribution(ids).logProb(token));
  }

  private static List<Integer> path(Explorer explorer, FrontierPrefix prefix) {
    int[] above = explorer.tree().tokenIds(prefix.above().node());
    List<Integer> path = new ArrayList<>(Arrays.stream(above).boxed().toList());
    path.add(explorer.childToken(prefix.above().node(), prefix.slot()));
    return path;
  }

  @ParameterizedTest
  @CsvSource({
    "6, true, false",
    "6, false, true",
    "600, true, false",
    "1030, true, false",
    "1030, false, false",
    "1030, true, true",
    "1030, false, true"
  })
  void sums_everyStep_areThoseOfTheDefinition(
      int vocabularySize, boolean proves, boolean littleMemory) {
    Explorer explorer = explorer(vocabularySize, proves, littleMemory);
    var frontier = new Frontier(explorer, GenerationTree.ROOT);
    Set<List<Integer>> expanded = new HashSet<>();
    expanded.add(List.of());
    int steps = vocabularySize > 6 ? 4 : 30;
    for (int step = 0; step < steps && !frontier.isClosed(); step++) {
      define(vocabularySize, proves, expanded);
      assertSums(frontier, expanded.size());
      // Read from the tree again it is the same.
      assertSums(new Frontier(explorer, GenerationTree.ROOT), expanded.size());
      assertLargest(explorer, frontier);
      assertDraws(explorer, frontier);
      FrontierPrefix next = frontier.largest(step % 3 + 1).getLast();
      expanded.add(path(explorer, next));
      explorer.expand(new int[] {frontier.node(next)}, 1);
      FrontierNode entered = frontier.enter(next);
      assertThat(frontier.enter(next)).isSameAs(entered);
      assertThat(entered.logPi()).isEqualTo(next.logPi());
      assertThat(next.above().isUndecided(next.slot())).isTrue();
    }
    assertThat(frontier.nodes()).hasSize(expanded.size());
    define(vocabularySize, proves, expanded);
    assertSums(frontier, expanded.size());
  }

  private void assertSums(Frontier frontier, int size) {
    assertThat(frontier.found()).isCloseTo(found, within(CLOSE));
    assertThat(Math.exp(frontier.logOpen())).isCloseTo(openMass, within(CLOSE));
    assertThat(Math.exp(frontier.logGuided())).isCloseTo(guidedMass, within(CLOSE));
    assertThat(frontier.isClosed()).isEqualTo(open.isEmpty());
    assertThat(frontier.size()).isEqualTo(size);
    Interval certain = frontier.certain(1);
    assertThat(certain.low()).isCloseTo(found, within(1e-9)).isLessThanOrEqualTo(found);
    assertThat(certain.high()).isCloseTo(found + openMass, within(1e-9));
  }

  /** The largest child of each expanded prefix, in falling order. */
  private void assertLargest(Explorer explorer, Frontier frontier) {
    Map<List<Integer>, Double> largestBelow = new HashMap<>();
    open.forEach(
        (path, mass) -> largestBelow.merge(path.subList(0, path.size() - 1), mass, Math::max));
    List<Double> sorted =
        largestBelow.values().stream().sorted((a, b) -> Double.compare(b, a)).toList();
    List<FrontierPrefix> largest = frontier.largest(3);
    assertThat(largest).hasSize(Math.min(3, sorted.size()));
    for (int i = 0; i < largest.size(); i++) {
      double mass = Math.exp(largest.get(i).logPi());
      assertThat(mass).isCloseTo(sorted.get(i), within(CLOSE));
      assertThat(open.get(path(explorer, largest.get(i)))).isCloseTo(mass, within(CLOSE));
    }
  }

  private void assertDraws(Explorer explorer, Frontier frontier) {
    Function<Chooser, List<Integer>> plain = chooser -> path(explorer, frontier.drawPlain(chooser));
    Map<List<Integer>, Double> drawn = EnumeratedDraws.of(plain);
    assertThat(open.keySet().containsAll(drawn.keySet())).isTrue();
    open.forEach((path, mass) ->
        assertThat(drawn.getOrDefault(path, 0.0)).isCloseTo(mass / openMass, within(CLOSE)));
    if (guidedMass == 0) {
      return;
    }
    Function<Chooser, List<Integer>> guided =
        chooser -> path(explorer, frontier.drawGuided(chooser));
    EnumeratedDraws.of(guided)
        .forEach((path, probability) -> {
          double value = Math.pow(ALPHA, MAX_TOKENS - path.size());
          double expected = open.getOrDefault(path, 0.0) * value / guidedMass;
          assertThat(probability).isCloseTo(expected, within(CLOSE));
        });
  }

  /** A node's own draws are over its undecided children, expanded or not. */
  @ParameterizedTest
  @CsvSource({"6, false", "600, false", "1030, false", "1030, true"})
  void nodeDraws_areOverItsUndecidedChildren(int vocabularySize, boolean littleMemory) {
    Explorer explorer = explorer(vocabularySize, true, littleMemory);
    var frontier = new Frontier(explorer, GenerationTree.ROOT);
    define(vocabularySize, true, Set.of(List.of()));
    FrontierPrefix first = frontier.largest(1).getFirst();
    explorer.expand(new int[] {frontier.node(first)}, 1);
    frontier.enter(first);
    FrontierNode root = frontier.root();
    assertThat(Math.exp(root.logPlain())).isCloseTo(openMass, within(CLOSE));
    assertThat(Math.exp(root.logGuided())).isCloseTo(guidedMass, within(CLOSE));
    assertThat(Math.exp(root.logComplete())).isCloseTo(found, within(CLOSE));
    Function<Chooser, Integer> plain = chooser -> root.drawPlain(chooser).slot();
    Map<Integer, Double> drawn = EnumeratedDraws.of(plain);
    Map<Integer, Double> byValue = EnumeratedDraws.of(chooser -> root.drawGuided(chooser).slot());
    open.forEach((path, mass) -> {
      double share = mass / openMass;
      assertThat(drawn.getOrDefault(path.getFirst(), 0.0)).isCloseTo(share, within(CLOSE));
      assertThat(byValue.getOrDefault(path.getFirst(), 0.0)).isCloseTo(share, within(CLOSE));
    });
    assertThat(root.drawPlain(chooserOf(0)).logPi()).isLessThan(0);
  }

  private static Chooser chooserOf(int slot) {
    return new Chooser() {
      @Override
      public boolean bernoulli(double p) {
        return false;
      }

      @Override
      public int categorical(double[] cumulative, int from, int to) {
        return from + slot;
      }
    };
  }

  /** A closed tree is known but for rounding. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void certain_closedTree_isWhatWasFound(boolean proves) {
    Explorer explorer = explorer(3, proves);
    var frontier = new Frontier(explorer, GenerationTree.ROOT);
    while (!frontier.isClosed()) {
      FrontierPrefix next = frontier.largest(1).getFirst();
      explorer.expand(new int[] {frontier.node(next)}, 1);
      frontier.enter(next);
    }
    assertThat(frontier.largest(2)).isEmpty();
    assertThat(frontier.found()).isCloseTo(1, within(CLOSE));
    Interval certain = frontier.certain(1);
    assertThat(certain.low()).isBetween(1 - 1e-9, 1.0);
    assertThat(certain.high()).isBetween(1.0, 1 + 1e-9);
    assertThat(frontier.size()).isEqualTo(7);
  }

  @Test
  void frontier_ofSampledChildren_isRefused() {
    var model = new HashModel(6);
    var spec =
        new TreeSpec(
            Prompt.text(""),
            model.vocabulary(),
            Verifiers.any(),
            ValueFunction.ONE,
            new ExpansionRule.Sample(3, 1),
            3,
            List.of(),
            7);
    var explorer = new Explorer(spec, model, Budget.UNLIMITED, new CostMeter(() -> 0));
    assertThatThrownBy(() -> new Frontier(explorer, GenerationTree.ROOT))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
