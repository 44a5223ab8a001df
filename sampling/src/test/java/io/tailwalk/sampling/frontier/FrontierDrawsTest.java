package io.tailwalk.sampling.frontier;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.builtin.tree.ArrayTree;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.Frontier;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.Fixtures;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.TestTrees;
import io.tailwalk.sampling.estimate.Evidence;
import io.tailwalk.testkit.StatisticalAssertions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Frontier draws within runs; {@link DrawDistributionTest} has the exact distribution of a single
 * draw.
 */
class FrontierDrawsTest {
  private static final double FALSE_ALARM = 1e-7;
  private static final int SEEDS = 4000;

  /** Receives units one by one and cancels the run when there are enough. */
  private static final class Watch implements SamplingListener {
    private final Evidence evidence = new Evidence();
    private final double plainShare;
    private final double bound;
    private final double[] units;
    private int seen;
    private boolean underWay;
    private double found;
    private double open;
    private @Nullable Frontier frontier;

    Watch(int wanted, double plainShare, double bound) {
      this.units = new double[wanted];
      this.plainShare = plainShare;
      this.bound = bound;
    }

    void watch(Frontier drawnFrom) {
      frontier = drawnFrom;
      found = drawnFrom.found();
      open = Math.exp(drawnFrom.logOpen());
    }

    /** The unit just added, from the weighted mean of all. */
    private void take() {
      double[] weights = evidence.units().stratified(plainShare);
      double sum = evidence.units().value(plainShare) * Arrays.stream(weights).sum();
      for (int t = 0; t < seen; t++) {
        sum -= weights[t] * units[t];
      }
      units[seen] = sum / weights[seen];
      assertThat(units[seen]).isGreaterThanOrEqualTo(found * (1 - 1e-6));
      assertThat(units[seen]).isLessThanOrEqualTo((found + bound * open / plainShare) * (1 + 1e-6));
      seen++;
    }

    @Override
    public void onProgress(Cost cost) {
      underWay = true;
    }

    /** Called before a draw begins and, after {@link #onProgress}, while it is in progress. */
    @Override
    public boolean cancelled() {
      if (!underWay && frontier != null) {
        if (evidence.units().size() > seen) {
          take();
        }
        watch(frontier);
      }
      underWay = false;
      return seen == units.length;
    }
  }

  private static Stream<Arguments> cases() {
    ArrayTree[] trees = TestTrees.small(60, 12, 60);
    return Stream.of(
        Arguments.of(trees[3], 1.0),
        Arguments.of(trees[5], 0.5),
        Arguments.of(TestTrees.wrongZero(trees[7]), 0.5),
        Arguments.of(TestTrees.wrongValues(trees[9], 3, Streams.of(1)), 0.2));
  }

  /** Each of the first draws of a run has mean Z and keeps its bounds, whatever the past. */
  @ParameterizedTest
  @MethodSource("cases")
  void run_firstDraws_areUnbiasedAndWithinTheirBounds(ArrayTree tree, double plainShare) {
    double z = Math.exp(tree.logZ());
    double[][] units = new double[3][SEEDS];
    int whole = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      var watch = new Watch(units.length, plainShare, Math.exp(tree.logBound()));
      Run run =
          new Run(
              Fixtures.sampling(tree.problem(), Fixtures.ALL),
              RunOptions.of(1, Budget.UNLIMITED, seed),
              watch);
      var frontier = new Frontier(run.explorer(), GenerationTree.ROOT);
      watch.watch(frontier);
      new FrontierDraws(run, frontier, watch.evidence, plainShare, 1).run();
      watch.cancelled();
      assertThat(watch.seen).isPositive();
      for (int t = 0; t < units.length; t++) {
        // On a completely known tree every further unit would be Z itself.
        units[t][seed] = t < watch.seen ? watch.units[t] : z;
      }
      whole += watch.seen < units.length ? 1 : 0;
    }
    assertThat(whole).isLessThan(SEEDS / 2);
    for (double[] unit : units) {
      StatisticalAssertions.at(FALSE_ALARM).mean(unit, z).sees(0.5 * z);
    }
  }

  /**
   * Half of the draws end after one node, the others descend ten levels; the budget ends after the
   * first round. Only the draws before the first long one count, not all finished draws.
   */
  @Test
  void run_budgetCutsADraw_thoseBehindItDoNotCount() {
    int depth = 12;
    int[] counts = new int[2 * depth + 2];
    double[] pi = new double[counts.length];
    double[] logValues = new double[counts.length];
    // A root with two children: one with a leaf below, one with a chain below.
    counts[0] = 2;
    Arrays.fill(pi, 1);
    pi[1] = 0.5;
    pi[2] = 0.5;
    counts[1] = 1;
    int size = 3;
    int at = 2;
    counts[at] = 1;
    size += 2;
    for (int level = 2; level < depth; level++) {
      at = size - 1;
      counts[at] = 1;
      size++;
    }
    ArrayTree tree =
        ArrayTree.of(
                "fork",
                Arrays.copyOf(counts, size),
                Arrays.copyOf(pi, size),
                Arrays.copyOf(logValues, size))
            .withLogBound(0);
    Map<Integer, Long> seen = new LinkedHashMap<>();
    for (int seed = 0; seed < 4000; seed++) {
      var options = RunOptions.of(1, Budget.UNLIMITED.withModelCalls(2), seed);
      Run run =
          new Run(Fixtures.sampling(tree.problem(), Fixtures.ALL), options, SamplingListener.NONE);
      var evidence = new Evidence();
      var frontier = new Frontier(run.explorer(), GenerationTree.ROOT);
      var draws = new FrontierDraws(run, frontier, evidence, 0.5, 4);
      draws.run();
      int counted = evidence.units().size();
      assertThat(draws.cut()).isEqualTo(4 - counted);
      assertThat(evidence.capital().size()).isEqualTo(counted);
      seen.merge(counted, 1L, Long::sum);
    }
    Map<Integer, Double> distribution =
        Map.of(0, 1 / 2.0, 1, 1 / 4.0, 2, 1 / 8.0, 3, 1 / 16.0, 4, 1 / 16.0);
    StatisticalAssertions.at(FALSE_ALARM).counts(distribution, seen).sees(0.2);
  }
}
