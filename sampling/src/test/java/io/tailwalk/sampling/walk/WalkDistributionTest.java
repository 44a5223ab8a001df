package io.tailwalk.sampling.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.builtin.tree.FiniteTree;
import io.tailwalk.builtin.tree.TreeNode;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import io.tailwalk.testkit.EnumeratingChooser;
import io.tailwalk.testkit.StatisticalAssertions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The walks against exact distributions on a tree of depth 6 with 3 tokens, random values wrong by
 * up to a factor e^1.5 and exact leaves (a quarter of them without reward). All tests except the
 * last two are computed without sampling.
 */
class WalkDistributionTest {
  private static final int DEPTH = 6;
  private static final int TOKENS = 3;
  private static final FiniteTree TREE = tree();
  private static final Problem PROBLEM = TREE.problem();

  private static FiniteTree tree() {
    List<TreeNode> nodes = new ArrayList<>();
    RandomGenerator random = Streams.of(20);
    nodes.add(TreeNode.root("r"));
    addChildren("r", 1, random, nodes);
    return perturbed(FiniteTree.of("3^6", nodes).withExactValues(), random);
  }

  private static void addChildren(
      String parent, int depth, RandomGenerator random, List<TreeNode> into) {
    double[] weights = random.doubles(TOKENS, 0.05, 1).toArray();
    double sum = weights[0] + weights[1] + weights[2];
    for (int i = 0; i < TOKENS; i++) {
      String id = parent + i;
      boolean leaf = depth == DEPTH;
      double tau = random.nextInt(4) == 0 ? 0 : random.nextDouble();
      double pi = weights[i] / sum;
      into.add(leaf ? TreeNode.leaf(id, parent, pi, tau) : TreeNode.inner(id, parent, pi, 1));
      if (!leaf) {
        addChildren(id, depth + 1, random, into);
      }
    }
  }

  private static FiniteTree perturbed(FiniteTree exact, RandomGenerator random) {
    List<TreeNode> nodes =
        exact.nodes().stream().map(node -> perturbed(node, random.nextDouble(-1.5, 1.5))).toList();
    return FiniteTree.of("3^6 perturbed", nodes);
  }

  private static TreeNode perturbed(TreeNode node, double logError) {
    String parent = node.parent();
    return parent == null || !Double.isNaN(node.tau())
        ? node
        : TreeNode.inner(node.id(), parent, node.pi(), node.value() * Math.exp(logError));
  }

  private static Explorer explorer(ExpansionRule rule, long seed) {
    var context =
        PROBLEM
            .model()
            .open(PROBLEM.model().encode(PROBLEM.prompt()), new ContextOptions(DEPTH, 1));
    var problem =
        new SamplingProblem(
            PROBLEM.prompt(),
            PROBLEM.model().vocabulary(),
            context,
            PROBLEM.verifier(),
            PROBLEM.value(),
            rule,
            PROBLEM.maxTokens(),
            List.of());
    return new Explorer(problem.treeSpec(seed), context, Budget.UNLIMITED, new CostMeter(() -> 0));
  }

  private static Stream<WalkKernel> kernels() {
    return Stream.of(
        new VgbKernel(), new MomentumKernel(1), new MomentumKernel(0.5), new MomentumKernel(0));
  }

  /** Every position that a walk can reach, with its exact transition probabilities. */
  private static Map<Integer, Map<Integer, Double>> transitions(
      WalkKernel kernel, Explorer explorer) {
    Map<Integer, Map<Integer, Double>> rows = new LinkedHashMap<>();
    var open = new ArrayDeque<Integer>(List.of(kernel.start(GenerationTree.ROOT)));
    while (!open.isEmpty()) {
      int position = open.removeFirst();
      if (rows.containsKey(position)) {
        continue;
      }
      int node = kernel.node(position, explorer);
      if (!explorer.tree().isLeaf(node)) {
        explorer.expand(new int[] {node}, 1);
      }
      Map<Integer, Double> row =
          EnumeratingChooser.distribution(chooser -> kernel.step(position, explorer, chooser));
      rows.put(position, row);
      row.keySet().forEach(open::addLast);
    }
    return rows;
  }

  /** {@code pi(v) V(v)}, and {@code S} at the root. */
  private static double edgeMass(Explorer explorer, int node) {
    GenerationTree tree = explorer.tree();
    return tree.isRoot(node)
        ? Math.exp(tree.logOut(node))
        : Math.exp(tree.logPi(node) + tree.logValue(node));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void step_everyPosition_distributionSumsToOneAndAvoidsZeroProbability(WalkKernel kernel) {
    Explorer explorer = explorer(new ExpansionRule.Enumerate(), 1);
    transitions(kernel, explorer)
        .forEach((position, row) -> {
          assertThat(row.values().stream().mapToDouble(p -> p).sum()).isCloseTo(1, within(1e-12));
          row.keySet()
              .forEach(
                  next -> assertThat(edgeMass(explorer, kernel.node(next, explorer))).isPositive());
        });
  }

  /** The momentum walk leaves m(D(v)) = m(U(v)) = pi(v) V(v) invariant (walks.md) for every chi. */
  @ParameterizedTest
  @MethodSource("kernels")
  void step_momentum_keepsEdgeMass(WalkKernel kernel) {
    if (!(kernel instanceof MomentumKernel)) {
      return;
    }
    Explorer explorer = explorer(new ExpansionRule.Enumerate(), 1);
    Map<Integer, Map<Integer, Double>> rows = transitions(kernel, explorer);
    Map<Integer, Double> inflow = new HashMap<>();
    rows.forEach((position, row) -> {
      double mass = edgeMass(explorer, position >> 1);
      boolean merged = kernel.backAtRoot(position, explorer);
      if (!merged) {
        row.forEach((next, p) -> inflow.merge(next, mass * p, Double::sum));
      }
    });
    double returning = 0;
    for (int position : rows.keySet()) {
      double mass = edgeMass(explorer, position >> 1);
      if (kernel.backAtRoot(position, explorer)) {
        returning += inflow.getOrDefault(position, 0.0);
      } else if (position != kernel.start(GenerationTree.ROOT)) {
        assertThat(inflow.getOrDefault(position, 0.0)).isCloseTo(mass, within(1e-12));
      }
    }
    assertThat(returning).isCloseTo(edgeMass(explorer, GenerationTree.ROOT), within(1e-12));
  }

  /**
   * Detailed balance of the jump chain: pi(v) V(v) flows down and up every edge (arXiv 2510.03149).
   */
  @Test
  void step_vgb_isReversibleForItsStationaryDistribution() {
    var kernel = new VgbKernel();
    Explorer explorer = explorer(new ExpansionRule.Enumerate(), 1);
    GenerationTree tree = explorer.tree();
    transitions(kernel, explorer)
        .forEach((position, row) -> {
          int node = position >> 1;
          double out = tree.isLeaf(node) ? 0 : Math.exp(tree.logPi(node) + tree.logOut(node));
          double in = tree.isRoot(node) ? 0 : edgeMass(explorer, node);
          row.forEach((next, p) -> {
            boolean goesDown = kernel.arrivedFromAbove(next);
            double edge = edgeMass(explorer, goesDown ? next >> 1 : node);
            assertThat((out + in) * p).isCloseTo(edge, within(1e-12));
          });
        });
  }

  /** E[visits of a leaf in a tour] = pi tau / S(root): tours give pi* and Z exactly. */
  @ParameterizedTest
  @MethodSource("kernels")
  void tour_expectedLeafVisits_areTargetMassOverRootOut(WalkKernel kernel) {
    Explorer explorer = explorer(new ExpansionRule.Enumerate(), 1);
    Map<Integer, Map<Integer, Double>> rows = transitions(kernel, explorer);
    Map<Integer, Double> visits = new HashMap<>();
    Map<Integer, Double> at = Map.of(kernel.start(GenerationTree.ROOT), 1.0);
    for (int step = 0; step < 100_000 && !at.isEmpty(); step++) {
      Map<Integer, Double> after = new HashMap<>();
      at.forEach((position, mass) ->
          Objects.requireNonNull(rows.get(position))
              .forEach((next, p) -> {
                int node = kernel.node(next, explorer);
                if (explorer.tree().isLeaf(node) && kernel.arrivedFromAbove(next)) {
                  visits.merge(node, mass * p, Double::sum);
                }
                if (!kernel.backAtRoot(next, explorer) && mass * p > 1e-18) {
                  after.merge(next, mass * p, Double::sum);
                }
              }));
      at = after;
    }
    assertThat(at).isEmpty();
    double rootOut = Math.exp(explorer.tree().logOut(GenerationTree.ROOT));
    double z = 0;
    for (Map.Entry<Integer, Double> leaf : visits.entrySet()) {
      double mass = rootOut * leaf.getValue();
      assertThat(mass).isCloseTo(edgeMass(explorer, leaf.getKey()), within(1e-9));
      z += mass;
    }
    assertThat(z).isCloseTo(Math.exp(TREE.logZ()), within(1e-7));
  }

  /**
   * 20,000 tours through the parallel driver: mean success probability and the probability of ten
   * leaf sets, each at false-alarm probability 1e-7, with power against errors of a quarter of Z.
   */
  @ParameterizedTest
  @MethodSource("kernels")
  void parallelTours_manyTours_matchSuccessProbabilityAndTarget(WalkKernel kernel) {
    Explorer explorer = explorer(new ExpansionRule.Enumerate(), 1);
    var tours = new ParallelTours(explorer, kernel, 1, 1, 4);
    int count = 20_000;
    double[][] masses = new double[TOKENS * TOKENS + 1][count];
    int seen = 0;
    for (int tour = 0; tour < count; tour++) {
      tours.run(tour + 1, SamplingListener.NONE);
      for (; seen < tours.leaves().size(); seen++) {
        int[] ids = explorer.tree().tokenIds(tours.leaves().leaf(seen));
        masses[set(ids)][tour] += tours.leaves().weight(seen);
        masses[TOKENS * TOKENS][tour] += tours.leaves().weight(seen);
      }
    }
    double[] expected = exactSetMasses(explorer);
    var atLevel = StatisticalAssertions.at(1e-7);
    for (int set = 0; set < masses.length; set++) {
      atLevel.mean(masses[set], expected[set]).sees(0.25 * expected[TOKENS * TOKENS]);
    }
  }

  /** Leaves by their first and last action: nine sets that cut across the tree. */
  private static int set(int[] ids) {
    return (ids[0] / 2) % TOKENS * TOKENS + (ids[DEPTH - 1] / 2) % TOKENS;
  }

  private static double[] exactSetMasses(Explorer explorer) {
    double[] masses = new double[TOKENS * TOKENS + 1];
    for (int position : transitions(new VgbKernel(), explorer).keySet()) {
      int node = position >> 1;
      if (explorer.tree().isLeaf(node)) {
        double mass = edgeMass(explorer, node);
        masses[set(explorer.tree().tokenIds(node))] += mass;
        masses[TOKENS * TOKENS] += mass;
      }
    }
    return masses;
  }

  /**
   * Over the draw of the tree, sampled children leave the success probability unbiased; false alarm
   * 1e-7.
   */
  @ParameterizedTest
  @MethodSource("kernels")
  void parallelTours_sampledChildren_unbiasedOverTrees(WalkKernel kernel) {
    for (ExpansionRule rule :
        List.of(new ExpansionRule.Sample(2, 1), new ExpansionRule.Sample(3, 2))) {
      int copies = 16_000;
      Explorer explorer = explorer(rule, 9);
      var tours = new ParallelTours(explorer, kernel, 8, copies, 5);
      tours.run(copies, SamplingListener.NONE);
      double[] values = new double[copies];
      for (int tour = 0; tour < copies; tour++) {
        values[tours.log().copy(tour)] =
            tours.log().visits(tour) * Math.exp(tours.log().logRootOut(tour));
      }
      double z = Math.exp(TREE.logZ());
      StatisticalAssertions.at(1e-7).mean(values, z).sees(0.35 * z);
    }
  }
}
