package io.tailwalk.sampling.frontier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.tree.ArrayTree;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.Frontier;
import io.tailwalk.core.tree.FrontierPrefix;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.Fixtures;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.TestTrees;
import io.tailwalk.testkit.EnumeratingChooser;
import io.tailwalk.testkit.Sweep;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The sums of a frontier against sums over the tree by definition. */
class FrontierTest {
  private static final double ZERO = Double.NEGATIVE_INFINITY;

  /** A prefix with a smaller probability changes no sum. */
  private static final double ROUNDING = 1e-13;

  /** F, R, the guided sum and the largest prefix, from the set of expanded nodes alone. */
  private record Known(double found, double open, double guided, double largest, int prefixes) {
    static Known of(ArrayTree tree, BitSet expanded) {
      double[] logPi = tree.logPi();
      double[] exact = tree.logExactValues();
      double found = 0;
      double open = 0;
      double guided = 0;
      double largest = 0;
      int prefixes = 0;
      for (int node = 1; node < tree.size(); node++) {
        if (!expanded.get(tree.parent(node)) || logPi[node] == ZERO) {
          continue;
        }
        double mass = Math.exp(logPi[node]);
        boolean dead = tree.provesDead() && exact[node] == ZERO;
        if (tree.isLeaf(node)) {
          found += mass * Math.exp(tree.logValue(node));
        } else if (!expanded.get(node) && !dead) {
          open += mass;
          guided += mass * Math.exp(tree.logValue(node));
          largest = Math.max(largest, mass);
          prefixes++;
        }
      }
      return new Known(found, open, guided, largest, prefixes);
    }
  }

  private static ArrayTree variant(int number, ArrayTree tree, RandomGenerator random) {
    return switch (number % 6) {
      case 0 -> tree;
      case 1 -> TestTrees.wide(tree);
      case 2 -> TestTrees.wrongZero(tree);
      case 3 -> tree.provingDead();
      case 4 -> TestTrees.wide(tree).provingDead();
      default -> TestTrees.wrongValues(tree, 7, random);
    };
  }

  private static int place(ArrayTree tree, Explorer explorer, int node) {
    return tree.nodeAt(explorer.tree().tokenIds(node));
  }

  /** One more prefix, chosen by one of several methods; null if the method finds none. */
  private static FrontierPrefix next(Frontier frontier, RandomGenerator random) {
    Chooser chooser = new RandomChooser(random);
    boolean guided = frontier.logGuided() > ZERO;
    return switch (random.nextInt(3)) {
      case 0 -> frontier.largest(1).getFirst();
      case 1 -> guided ? frontier.drawGuided(chooser) : frontier.drawPlain(chooser);
      default -> frontier.drawPlain(chooser);
    };
  }

  private static void expand(Run run, Frontier frontier, FrontierPrefix prefix) {
    run.explorer().expand(new int[] {frontier.node(prefix)}, 1);
    frontier.enter(prefix);
  }

  private static void assertKnown(Frontier frontier, Known known) {
    double size = 1e-11;
    assertThat(frontier.found()).isCloseTo(known.found, within(size * (1 + known.found)));
    assertThat(Math.exp(frontier.logOpen())).isCloseTo(known.open, within(size * known.open));
    assertThat(Math.exp(frontier.logGuided()))
        .isCloseTo(known.guided, within(size * (1e-300 + known.guided)));
    assertThat(frontier.isClosed()).isEqualTo(known.prefixes == 0);
    List<FrontierPrefix> largest = frontier.largest(1);
    assertThat(largest).hasSize(known.prefixes == 0 ? 0 : 1);
    largest.forEach(
        prefix -> assertThat(Math.exp(prefix.logPi())).isCloseTo(known.largest, within(size)));
  }

  @Test
  void sums_everyStepOfGrowth_areThoseOfTheDefinition() {
    Sweep.of(14)
        .cases(90)
        .run((random, number) -> {
          ArrayTree tree = variant(number, TestTrees.random(number), random);
          Run run = Fixtures.run(tree.problem(), Fixtures.ALL);
          Frontier frontier = new Frontier(run.explorer(), GenerationTree.ROOT);
          double z = Math.exp(tree.logZ());
          double bound = Math.exp(tree.logBound());
          var expanded = new BitSet();
          expanded.set(0);
          double foundBefore = 0;
          double openBefore = Double.POSITIVE_INFINITY;
          for (int step = 0; ; step++) {
            assertThat(step).isLessThan(tree.size());
            Known known = Known.of(tree, expanded);
            assertKnown(frontier, known);
            assertKnown(new Frontier(run.explorer(), GenerationTree.ROOT), known);
            assertThat(frontier.certain(bound).contains(z)).isTrue();
            assertThat(frontier.certain(bound).low()).isLessThanOrEqualTo(known.found);
            assertThat(known.found + bound * known.open).isGreaterThanOrEqualTo(z * (1 - 1e-12));
            assertThat(frontier.found()).isGreaterThanOrEqualTo(foundBefore);
            assertThat(frontier.logOpen()).isLessThan(openBefore);
            foundBefore = frontier.found();
            openBefore = frontier.logOpen() + ROUNDING;
            if (frontier.isClosed()) {
              break;
            }
            FrontierPrefix prefix = next(frontier, random);
            expand(run, frontier, prefix);
            expanded.set(place(tree, run.explorer(), frontier.node(prefix)));
          }
          assertThat(frontier.found()).isCloseTo(z, within(1e-12 * z));
          assertThat(frontier.certain(bound).high()).isLessThan(z * (1 + 1e-9));
          assertThat(frontier.size()).isEqualTo(expanded.cardinality());
        });
  }

  @Test
  void found_rewardsOfOne_isWhatTheFrontierLeaves() {
    for (ArrayTree tree : TestTrees.small(40, 2, 60)) {
      Run run = Fixtures.run(TestTrees.allPass(tree).problem(), Fixtures.ALL);
      Frontier frontier = new Frontier(run.explorer(), GenerationTree.ROOT);
      for (int step = 0; !frontier.isClosed(); step++) {
        assertThat(step).isLessThan(tree.size());
        assertThat(frontier.found() + Math.exp(frontier.logOpen())).isCloseTo(1, within(1e-12));
        expand(run, frontier, frontier.largest(1).getFirst());
      }
      assertThat(frontier.found()).isCloseTo(1, within(1e-12));
    }
  }

  /** Expanded by hand and added afterwards, in any order of the nodes. */
  @Test
  void constructor_treeExpandedBefore_isTakenInWhole() {
    Sweep.of(15)
        .cases(60)
        .run((random, number) -> {
          ArrayTree tree = variant(number, TestTrees.random(number), random);
          Explorer explorer = Fixtures.run(tree.problem(), Fixtures.ALL).explorer();
          var expanded = new BitSet();
          for (int walk = 0; walk < 1 + random.nextInt(4); walk++) {
            int node = GenerationTree.ROOT;
            while (!explorer.tree().isLeaf(node)) {
              explorer.expand(new int[] {node}, 1);
              expanded.set(place(tree, explorer, node));
              if (explorer.tree().logOut(node) == ZERO || random.nextInt(8) == 0) {
                break;
              }
              node = explorer.drawChild(node, new RandomChooser(random));
            }
          }
          Known known = Known.of(tree, expanded);
          Frontier frontier = new Frontier(explorer, GenerationTree.ROOT);
          assertKnown(frontier, known);
          assertThat(frontier.nodes()).hasSize(frontier.size());
          assertThat(frontier.size()).isEqualTo(expanded.cardinality());
        });
  }

  @Test
  void draws_anyState_areInProportionToMassOrMassTimesValue() {
    Sweep.of(16)
        .cases(60)
        .run((random, number) -> {
          ArrayTree tree = variant(number, TestTrees.random(number), random);
          Run run = Fixtures.run(tree.problem(), Fixtures.ALL);
          Frontier frontier = new Frontier(run.explorer(), GenerationTree.ROOT);
          for (int step = 0; step < number % 7 && !frontier.isClosed(); step++) {
            expand(run, frontier, next(frontier, random));
          }
          if (!frontier.isClosed()) {
            assertDistribution(tree, run.explorer(), frontier, frontier::drawPlain, false);
          }
          if (frontier.logGuided() > ZERO) {
            assertDistribution(tree, run.explorer(), frontier, frontier::drawGuided, true);
          }
        });
  }

  private static void assertDistribution(
      ArrayTree tree,
      Explorer explorer,
      Frontier frontier,
      Function<Chooser, FrontierPrefix> draw,
      boolean byValue) {
    Map<FrontierPrefix, Double> distribution = EnumeratingChooser.distribution(draw);
    double[] logPi = tree.logPi();
    double total = byValue ? frontier.logGuided() : frontier.logOpen();
    double sum = 0;
    for (Map.Entry<FrontierPrefix, Double> entry : distribution.entrySet()) {
      int node = place(tree, explorer, frontier.node(entry.getKey()));
      double value = byValue ? tree.logValue(node) : 0;
      assertThat(explorer.tree().isExpanded(frontier.node(entry.getKey()))).isFalse();
      assertThat(entry.getValue()).isCloseTo(Math.exp(logPi[node] + value - total), within(1e-12));
      assertThat(entry.getKey().logPi()).isCloseTo(logPi[node], within(1e-9));
      assertThat(entry.getKey().logValue()).isEqualTo(tree.logValue(node));
      sum += entry.getValue();
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
  }

  /** Largest first, at most one below a node, and all of them if there are few. */
  @Test
  void largest_severalNodes_areTheHeaviestOfEach() {
    for (ArrayTree tree : TestTrees.small(30, 6, 60)) {
      Run run = Fixtures.run(tree.problem(), Fixtures.ALL);
      Frontier frontier = new Frontier(run.explorer(), GenerationTree.ROOT);
      for (int step = 0; step < 3 && !frontier.isClosed(); step++) {
        expand(run, frontier, frontier.largest(1).getFirst());
      }
      List<FrontierPrefix> all = frontier.largest(Integer.MAX_VALUE);
      List<Double> masses = all.stream().map(FrontierPrefix::logPi).toList();
      List<Double> sorted = new ArrayList<>(masses);
      sorted.sort((a, b) -> Double.compare(b, a));
      assertThat(masses).isEqualTo(sorted);
      assertThat(all.stream().map(FrontierPrefix::above).collect(Collectors.toSet()))
          .hasSameSizeAs(all);
      IntStream.range(0, all.size())
          .forEach(n -> assertThat(frontier.largest(n)).isEqualTo(all.subList(0, n)));
    }
  }
}
