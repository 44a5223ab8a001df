package io.tailwalk.sampling.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.tree.ArrayTree;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.sampling.Fixtures;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.TestTrees;
import io.tailwalk.testkit.StatisticalAssertions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParticleRunTest {
  private static final double FALSE_ALARM = 1e-7;

  /**
   * Depth three: the given numbers of prefixes and of children each, and one leaf below each child.
   */
  private static ArrayTree comb(double[] first, double[] second) {
    int below = first.length * second.length;
    int size = 1 + first.length + 2 * below;
    int[] counts = new int[size];
    double[] pi = new double[size];
    Arrays.fill(pi, 1);
    counts[0] = first.length;
    for (int i = 0; i < first.length; i++) {
      counts[1 + i] = second.length;
      pi[1 + i] = first[i];
      for (int j = 0; j < second.length; j++) {
        int node = 1 + first.length + i * second.length + j;
        counts[node] = 1;
        pi[node] = second[j];
      }
    }
    return ArrayTree.of("comb", counts, pi, new double[size]).withLogBound(0);
  }

  private static ParticleRun run(Explorer explorer, int particles, long seed) {
    return new ParticleRun(
        explorer, explorer.root(0), Twist.NONE, particles, 64, false, Streams.of(seed, 5));
  }

  private static double[] even(int count) {
    double[] distribution = new double[count];
    Arrays.fill(distribution, 1.0 / count);
    return distribution;
  }

  /**
   * Four particles are at four prefixes of equal probability, and each draws one of three children
   * in strata of one uniform: every particle alone follows the children's distribution, and
   * together they select the first child in proportion to its share, up to one.
   */
  @Test
  void advance_oneChildEach_keepsEachParticlesDistributionAndSpreadsThem() {
    double[] second = {0.45, 0.35, 0.2};
    ArrayTree tree = comb(even(4), second);
    Explorer explorer = Fixtures.run(tree.problem(), Fixtures.ALL).explorer();
    int runs = 4000;
    Map<Integer, Map<Integer, Long>> byParticle = new HashMap<>();
    double[] firsts = new double[runs];
    for (int seed = 0; seed < runs; seed++) {
      LeafSample leaves = finished(explorer, 4, seed).leaves();
      assertThat(leaves.size()).isEqualTo(4);
      for (int i = 0; i < 4; i++) {
        int[] path = explorer.tree().tokenIds(leaves.leaf(i));
        byParticle.computeIfAbsent(path[0], _ -> new HashMap<>()).merge(path[1], 1L, Long::sum);
        firsts[seed] += path[1] == 0 ? 1 : 0;
        assertThat(leaves.weight(i)).isCloseTo(0.25, within(1e-12));
      }
    }
    Map<Integer, Double> distribution = Map.of(0, second[0], 1, second[1], 2, second[2]);
    assertThat(byParticle).hasSize(4);
    for (Map<Integer, Long> counts : byParticle.values()) {
      StatisticalAssertions.at(FALSE_ALARM).counts(distribution, counts).sees(0.2);
    }
    double mean = Arrays.stream(firsts).average().orElseThrow();
    double variance = Arrays.stream(firsts).map(x -> (x - mean) * (x - mean)).sum() / runs;
    assertThat(Arrays.stream(firsts)).allMatch(count -> count == 1 || count == 2);
    assertThat(variance).isLessThan(0.3 * 4 * second[0] * (1 - second[0]));
  }

  private static ParticleRun finished(Explorer explorer, int particles, long seed) {
    ParticleRun run = run(explorer, particles, seed);
    while (!run.isDone()) {
      run.advance();
    }
    return run;
  }

  /**
   * One of very many first prefixes is chosen by chance, and all its descendants count as one draw.
   */
  @Test
  void leaves_oneEarlyChoice_areOneLineage() {
    ArrayTree tree = comb(even(40), even(6));
    Explorer explorer = Fixtures.run(tree.problem(), Fixtures.ALL).explorer();
    for (long seed = 0; seed < 20; seed++) {
      LeafSample one = finished(explorer, 1, seed).leaves();
      assertThat(one.lineageSize()).isEqualTo(1);
      assertThat(one.lineage(0)).isZero();
      // Twelve early choices are twelve lineages, or fewer if one occurred twice.
      LeafSample twelve = finished(explorer, 12, seed).leaves();
      assertThat(twelve.lineageSize()).isBetween(8.0, 12 + 1e-9);
      assertThat(twelve.kishSize()).isCloseTo(twelve.lineageSize(), within(1e-9));
    }
  }

  /** A prefix kept deterministically begins no lineage: its children, chosen by chance, do. */
  @Test
  void leaves_keptForCertain_areLineagesOfTheirOwn() {
    ArrayTree whole = comb(even(3), even(4));
    Explorer explorer = Fixtures.run(whole.problem(), Fixtures.ALL).explorer();
    LeafSample all = finished(explorer, 100, 1).leaves();
    assertThat(all.size()).isEqualTo(12);
    assertThat(all.lineageSize()).isCloseTo(12, within(1e-12));
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.lineage(i)).isNegative();
    }
    LeafSample below = finished(explorer, 3, 1).leaves();
    assertThat(below.size()).isEqualTo(3);
    assertThat(below.lineageSize()).isCloseTo(3, within(1e-12));
  }

  /** A heavy family: its members weigh most, and count as one. */
  @Test
  void leaves_fewHeavyEarlyChoices_areFewLineages() {
    double[] first = new double[64];
    Arrays.fill(first, 1.0 / 64);
    ArrayTree tree = comb(first, even(8));
    double[] values = new double[tree.size()];
    // Values are uninformative at first; later all relevant responses are below one prefix.
    for (int node = 0; node < tree.size(); node++) {
      int top = node;
      while (top > first.length) {
        top = tree.parent(top);
      }
      boolean deeper = node > first.length;
      values[node] = deeper && top != 7 ? -6 : 0;
    }
    Explorer explorer = Fixtures.run(tree.withLogValues(values).problem(), Fixtures.ALL).explorer();
    int met = 0;
    for (long seed = 0; seed < 60; seed++) {
      LeafSample leaves = finished(explorer, 16, seed).leaves();
      boolean heavy =
          java.util.stream.IntStream.range(0, leaves.size())
              .anyMatch(i -> explorer.tree().tokenIds(leaves.leaf(i))[0] == 6);
      if (heavy) {
        met++;
        assertThat(leaves.kishSize()).isGreaterThan(6);
        assertThat(leaves.lineageSize()).isLessThan(1.3);
      }
    }
    assertThat(met).isGreaterThan(5);
  }

  /** A twist changed during the run leaves the estimate unbiased; false alarm 1e-7 per tree. */
  @Test
  void twistBy_onTheWay_successProbabilityIsUnbiased() {
    Twist odd = (_, token, depth, logValue) -> 0.7 * token - 0.4 * depth + 0.1 * logValue;
    for (ArrayTree random : TestTrees.small(4, 15, 60)) {
      ArrayTree tree = TestTrees.wrongValues(random, 1, Streams.of(2));
      Explorer explorer = Fixtures.run(tree.problem(), Fixtures.ALL).explorer();
      double z = Math.exp(tree.logZ());
      double[] masses = new double[4000];
      for (int seed = 0; seed < masses.length; seed++) {
        ParticleRun run = run(explorer, 3, seed);
        for (int level = 0; !run.isDone(); level++) {
          run.twistBy(level % 2 == 0 ? odd : Twist.NONE);
          run.advance();
        }
        masses[seed] = Math.exp(run.logSuccessProbability());
      }
      StatisticalAssertions.at(FALSE_ALARM).mean(masses, z).sees(0.3 * z);
    }
  }
}
