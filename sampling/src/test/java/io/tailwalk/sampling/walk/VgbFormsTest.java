package io.tailwalk.sampling.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.builtin.tree.FiniteTree;
import io.tailwalk.builtin.tree.TreeNode;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.Fixtures;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Samplers;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.testkit.EnumeratingChooser;
import io.tailwalk.testkit.StatisticalAssertions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of the walk samplers: fixed time, tours, and every leaf of one long chain. */
class VgbFormsTest {
  /** Leaves at two depths, one without reward, and a wrong value. */
  private static final FiniteTree TREE =
      FiniteTree.of(
          "forms",
          List.of(
              TreeNode.root("r"),
              TreeNode.inner("a", "r", 0.6, 0.3),
              TreeNode.leaf("b", "r", 0.4, 0.2),
              TreeNode.leaf("c", "a", 0.5, 1),
              TreeNode.leaf("d", "a", 0.2, 0),
              TreeNode.inner("e", "a", 0.3, 0.9),
              TreeNode.leaf("f", "e", 0.25, 0.4),
              TreeNode.leaf("g", "e", 0.75, 0.8)));

  private static final Problem PROBLEM = TREE.problem();

  /**
   * The published lazy chain, from pi, V and tau alone: stay 1/2, else down by pi(c|v) V(c) against
   * up by V(v).
   */
  private static Map<String, Map<String, Double>> lazyChain() {
    Map<String, TreeNode> byId = new TreeMap<>();
    TREE.nodes().forEach(node -> byId.put(node.id(), node));
    Map<String, Map<String, Double>> rows = new TreeMap<>();
    for (TreeNode node : TREE.nodes()) {
      Map<String, Double> weights = new TreeMap<>();
      if (node.parent() != null) {
        weights.put(node.parent(), value(node));
      }
      TREE.nodes().stream()
          .filter(child -> node.id().equals(child.parent()))
          .forEach(child -> weights.put(child.id(), child.pi() * value(child)));
      double sum = weights.values().stream().mapToDouble(w -> w).sum();
      Map<String, Double> row = new TreeMap<>(Map.of(node.id(), 0.5));
      weights.forEach((next, weight) -> row.merge(next, 0.5 * weight / sum, Double::sum));
      rows.put(node.id(), row);
    }
    return rows;
  }

  private static double value(TreeNode node) {
    return Double.isNaN(node.tau()) ? node.value() : node.tau();
  }

  private static Map<String, Double> distributionAfter(int steps) {
    Map<String, Map<String, Double>> rows = lazyChain();
    Map<String, Double> distribution = Map.of("r", 1.0);
    for (int i = 0; i < steps; i++) {
      Map<String, Double> next = new TreeMap<>();
      distribution.forEach((at, mass) ->
          rows.getOrDefault(at, Map.of())
              .forEach((to, p) -> {
                if (p > 0) {
                  next.merge(to, mass * p, Double::sum);
                }
              }));
      distribution = next;
    }
    return distribution;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 9})
  void fixedTime_distributionAfterSteps_isPowerOfTheLazyChain(int steps) {
    Explorer explorer = Fixtures.run(PROBLEM, Fixtures.ALL).explorer();
    Map<String, Double> distribution = new TreeMap<>();
    EnumeratingChooser.distribution(
            chooser -> {
              var walk = new FixedTimeWalk(new VgbKernel(), chooser, GenerationTree.ROOT, steps);
              while (!walk.isDone()) {
                walk.advance(explorer, 2);
                if (!walk.isDone() && !explorer.tree().isLeaf(walk.node(explorer))) {
                  explorer.expand(new int[] {walk.node(explorer)}, 1);
                }
              }
              return id(explorer.tree().tokenIds(walk.node(explorer)));
            })
        .forEach((id, p) -> distribution.merge(id, p, Double::sum));
    Map<String, Double> expected = distributionAfter(steps);
    assertThat(distribution.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (id, p) -> assertThat(distribution.get(id)).as(id).isCloseTo(p, within(1e-12)));
  }

  private static String id(int[] tokenIds) {
    return TREE.nodes().get(TREE.nodeAt(tokenIds)).id();
  }

  private static Sampling run(Map<String, String> params, int n, Budget budget, long seed) {
    return Samplers.create("vgb", params)
        .run(
            Fixtures.sampling(PROBLEM, Fixtures.ALL),
            RunOptions.of(n, budget, seed),
            SamplingListener.NONE);
  }

  /** 4000 independent successes against the exact distribution after 7 steps; false alarm 1e-7. */
  @Test
  void fixedTime_manySuccesses_haveTheDistributionAfterThatTime() {
    Map<String, String> params =
        Map.of("form", "fixed-time", "steps", "7", "walks", "3", "calibrate", "0");
    Sampling sampling = run(params, 4000, Budget.UNLIMITED, 3);
    assertThat(sampling.draws()).hasSize(4000);
    assertThat(sampling.successProbability().interval().highKind())
        .isNotEqualTo(EndKind.ASYMPTOTIC);
    Map<String, Double> distribution = distributionAfter(7);
    double atLeaf =
        List.of("b", "c", "f", "g").stream()
            .mapToDouble(id -> distribution.getOrDefault(id, 0.0))
            .sum();
    for (String leaf : List.of("b", "c", "f", "g")) {
      double[] hits =
          sampling.draws().stream()
              .mapToDouble(draw -> leaf.equals(leafOf(draw)) ? 1 : 0)
              .toArray();
      StatisticalAssertions.at(1e-7)
          .mean(hits, distribution.getOrDefault(leaf, 0.0) / atLeaf)
          .sees(0.1);
    }
    Map<String, Double> counts = sampling.diagnostics().counts();
    assertThat(counts.getOrDefault("attempts", 0.0)).isGreaterThan(4000);
  }

  private static String leafOf(Completion completion) {
    return id(completion.tokenIds().stream().mapToInt(Integer::intValue).toArray());
  }

  @Test
  void fixedTime_budgetOfSteps_endsAndCountsLazyOnes() {
    Map<String, String> params = Map.of("form", "fixed-time", "steps", "50", "walks", "1");
    Sampling sampling = run(params, Integer.MAX_VALUE, Budget.UNLIMITED.withSteps(5000), 1);
    assertThat(sampling.stopReason()).isEqualTo(StopReason.STEPS);
    assertThat(sampling.cost().steps()).isBetween(5000L, 5050L);
    assertThat(sampling.diagnostics().counts()).containsEntry("attempts", 100.0);
  }

  /**
   * Cutting at the budget keeps the visits of the finished tours and adds the cut tour's leaves.
   */
  @Test
  void everyLeaf_budgetInsideATour_addsItsVisitsToTheSampleAlone() {
    boolean[] added = new boolean[1];
    for (long seed = 0; seed < 40; seed++) {
      ParallelTours finish = tours(TourEnd.FINISH, seed);
      ParallelTours cut = tours(TourEnd.CUT, seed);
      int tours = cut.log().size();
      assertThat(finish.log().size()).isEqualTo(tours + (int) cut.log().unfinished());
      long inTours = 0;
      for (int tour = 0; tour < tours; tour++) {
        assertThat(cut.log().visits(tour)).isEqualTo(finish.log().visits(tour));
        inTours += cut.log().visits(tour);
      }
      assertThat(cut.log().leafVisits()).isEqualTo(inTours);
      assertThat(cut.leaves().size()).isGreaterThanOrEqualTo((int) inTours);
      for (int i = 0; i < cut.leaves().size(); i++) {
        assertThat(cut.leaves().weight(i)).isEqualTo(finish.leaves().weight(i));
      }
      added[0] |= cut.leaves().size() > inTours;
    }
    assertThat(added[0]).as("some cut tour had visited a leaf").isTrue();
  }

  private static ParallelTours tours(TourEnd end, long seed) {
    var explorer =
        new io.tailwalk.sampling.Run(
                Fixtures.sampling(PROBLEM, Fixtures.ALL),
                RunOptions.of(1, Budget.UNLIMITED.withNodes(3), seed),
                SamplingListener.NONE)
            .explorer();
    var tours =
        new ParallelTours(
            explorer, new VgbKernel(), WalkParameters.DEFAULT.withWalks(1), 1, end, seed);
    tours.run(1000, SamplingListener.NONE);
    return tours;
  }

  /**
   * Regenerative ratio over 40,000 tours' worth of steps; total variation 0.02 is 5 times noise.
   */
  @ParameterizedTest
  @ValueSource(strings = {"vgb", "vgb-momentum"})
  void everyLeaf_longChain_hasTheTargetDistribution(String name) {
    Sampler sampler =
        Samplers.create(name, Map.of("form", "every-leaf", "walks", "1", "calibrate", "0"));
    Sampling sampling =
        sampler.run(
            Fixtures.sampling(PROBLEM, Fixtures.ALL),
            RunOptions.of(1, Budget.UNLIMITED.withSteps(400_000), 5),
            SamplingListener.NONE);
    Map<String, Double> distribution = new HashMap<>();
    sampling
        .outcomes()
        .forEach(outcome -> distribution.merge(leafOf(outcome), outcome.weight(), Double::sum));
    double distance = 0;
    for (Map.Entry<String, Double> leaf : TREE.target().entrySet()) {
      distance += Math.abs(distribution.getOrDefault(leaf.getKey(), 0.0) - leaf.getValue()) / 2;
    }
    assertThat(distance).isLessThan(0.02);
    assertThat(sampler.params()).containsEntry("form", "every-leaf");
  }

  @Test
  void fixedTime_sampledChildrenManySeeds_neverLeavesTheLivingTree() {
    for (long seed = 0; seed < 200; seed++) {
      Sampling sampling =
          Samplers.create("vgb", Map.of("form", "fixed-time", "steps", "9", "copies", "2"))
              .run(
                  Fixtures.sampling(PROBLEM, new ExpansionRule.Sample(1, 1)),
                  RunOptions.of(5, Budget.UNLIMITED.withSteps(2000), seed),
                  SamplingListener.NONE);
      assertThat(sampling.draws()).allMatch(draw -> draw.logReward() > Double.NEGATIVE_INFINITY);
    }
  }

  @Test
  void parameters_ofAnotherForm_areRefused() {
    assertThatThrownBy(() -> Samplers.create("vgb", Map.of("steps", "9")))
        .hasMessageContaining("steps");
    assertThatThrownBy(() -> Samplers.create("vgb-momentum", Map.of("form", "fixed-time")))
        .hasMessageContaining("every-leaf, tours");
    assertThatThrownBy(() -> Samplers.create("vgb", Map.of("form", "fixed-time", "steps", "0")))
        .hasMessage("steps must be at least 1, got 0");
  }
}
