package io.tailwalk.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.builtin.tree.FiniteTree;
import io.tailwalk.builtin.tree.RandomTrees;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.TargetDistribution;
import io.tailwalk.sampling.estimate.Evidence;
import io.tailwalk.testkit.ExactDistribution;
import io.tailwalk.testkit.StatisticalAssertions;
import io.tailwalk.testkit.TokenSequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Complete samplers against exact distributions on 50 random trees: leaves at different depths,
 * chains of one child, probabilities down to 1e-12, zeros in value and reward. Each assertion fails
 * by chance with probability at most 1e-6, fewer than 3000 of them together with less than 0.3%;
 * seeds are fixed. Exact statements are enumerated in other tests; this one tests the drivers.
 */
class SamplerDistributionTest {
  private static final double FALSE_ALARM = 1e-6;
  private static final int TREES = 50;

  /** Leaves with a smaller share of the target are too rare for a normal approximation. */
  private static final double VISIBLE = 0.02;

  private static final List<FiniteTree> RANDOM =
      IntStream.range(0, TREES).mapToObj(seed -> RandomTrees.of(seed)).toList();

  private static final ExpansionRule SAMPLED = new ExpansionRule.Sample(3, 1);
  private static final ExpansionRule BLOCKS = new ExpansionRule.Sample(4, 2);

  /** It draws from the model, whatever the children are. */
  private static final Map<String, String> LOOKAHEAD =
      Map.of("particles", "5", "block_length", "2", "runs", "2", "interval_share", "0");

  private static Sampling run(
      String name,
      Map<String, String> parameters,
      Problem problem,
      ExpansionRule rule,
      int n,
      long seed) {
    return Samplers.create(name, parameters)
        .run(
            Fixtures.sampling(problem, rule),
            RunOptions.of(n, Budget.UNLIMITED.withSteps(20_000), seed),
            SamplingListener.NONE);
  }

  @Test
  void outcomeRejection_draws_followTheTarget() {
    int tested = 0;
    for (FiniteTree tree : RANDOM) {
      double tauMax =
          tree.nodes().stream().mapToDouble(v -> v.tau()).filter(t -> t >= 0).max().orElseThrow();
      ExactDistribution exact = Fixtures.exact(tree.problem());
      if (exact.z() / tauMax > 0.2) {
        var parameters = Map.of("tau_max", String.valueOf(tauMax));
        Sampling sampling =
            run("outcome-rejection", parameters, tree.problem(), Fixtures.ALL, 600, 3);
        assertThat(sampling.draws().size()).isEqualTo(600);
        StatisticalAssertions.at(FALSE_ALARM)
            .counts(exact.target(), Fixtures.counts(sampling.draws()));
        tested++;
      }
    }
    assertThat(tested).isGreaterThan(25);
  }

  /**
   * Draws of a whole run are resampled from i.i.d. units, so each run provides one value per leaf.
   */
  private static Stream<Arguments> weighted() {
    return Stream.of(
        Arguments.of(
            "action-importance", Map.of("candidates", "20", "interval_share", "0"), Fixtures.ALL),
        Arguments.of(
            "action-importance", Map.of("candidates", "20", "interval_share", "0"), SAMPLED),
        Arguments.of(
            "action-importance", Map.of("candidates", "20", "interval_share", "0"), BLOCKS),
        Arguments.of(
            "smc", Map.of("particles", "5", "runs", "2", "interval_share", "0"), Fixtures.ALL),
        Arguments.of("smc", Map.of("particles", "5", "runs", "2", "interval_share", "0"), SAMPLED),
        Arguments.of("smc", Map.of("particles", "5", "runs", "2", "interval_share", "0"), BLOCKS),
        Arguments.of("smc-lookahead", LOOKAHEAD, SAMPLED),
        Arguments.of("smc-lookahead", LOOKAHEAD, BLOCKS));
  }

  @ParameterizedTest
  @MethodSource("weighted")
  void weighted_massAndLeaves_areUnbiased(
      String name, Map<String, String> parameters, ExpansionRule rule) {
    int runs = 150;
    for (FiniteTree tree : RANDOM) {
      ExactDistribution exact = Fixtures.exact(tree.problem());
      if (!rule.equals(Fixtures.ALL) && !modelFindsTheTarget(exact)) {
        continue;
      }
      double[] masses = new double[runs];
      Map<TokenSequence, double[]> carried = new HashMap<>();
      for (int r = 0; r < runs; r++) {
        int at = r;
        Sampling sampling = run(name, parameters, tree.problem(), rule, 1, r);
        masses[r] = sampling.diagnostics().counts().getOrDefault(Evidence.OWN_ESTIMATE, 0.0);
        for (Completion outcome : sampling.outcomes()) {
          carried
                  .computeIfAbsent(new TokenSequence(outcome.tokenIds()), _ -> new double[runs])[
                  at] =
              masses[r] * outcome.weight();
        }
      }
      assertMean(masses, exact.z());
      exact
          .target()
          .forEach((leaf, share) -> {
            if (share > VISIBLE) {
              assertMean(carried.getOrDefault(leaf, new double[runs]), exact.z() * share);
            }
          });
    }
  }

  /** Draws of the model cannot show responses that the model almost never reaches. */
  private static boolean modelFindsTheTarget(ExactDistribution exact) {
    double hidden = 0;
    for (var leaf : exact.leaves().values()) {
      boolean rare = leaf.logPi() < Math.log(0.003);
      hidden += rare ? Math.exp(leaf.logPi() + leaf.logTau() - exact.logZ()) : 0;
    }
    return hidden < 1e-6;
  }

  private static void assertMean(double[] values, double expected) {
    double min = java.util.Arrays.stream(values).min().orElseThrow();
    double max = java.util.Arrays.stream(values).max().orElseThrow();
    if (max - min < 1e-12 * expected) {
      assertThat(max).isCloseTo(expected, within(1e-9 * expected));
    } else {
      StatisticalAssertions.at(FALSE_ALARM).mean(values, expected);
    }
  }

  /** Each run of 25 sweeps provides one draw, the last kept completion. */
  @Test
  void particleGibbs_manySweeps_reachTheTarget() {
    for (ExpansionRule rule : List.of(Fixtures.ALL, SAMPLED, BLOCKS)) {
      for (FiniteTree tree : RANDOM.subList(0, 15)) {
        ExactDistribution exact = Fixtures.exact(tree.problem());
        if (!rule.equals(Fixtures.ALL) && !modelFindsTheTarget(exact)) {
          continue;
        }
        Map<TokenSequence, Long> counts = new HashMap<>();
        for (int r = 0; r < 120; r++) {
          TokenSequence[] last = new TokenSequence[1];
          var listener =
              new SamplingListener() {
                @Override
                public void onCompletion(Completion completion) {
                  last[0] = new TokenSequence(completion.tokenIds());
                }
              };
          Sampling sampling =
              Samplers.create(
                      "particle-gibbs",
                      Map.of("particles", "6", "iterations", "25", "interval_share", "0"))
                  .run(
                      Fixtures.sampling(tree.problem(), rule),
                      RunOptions.of(1, Budget.UNLIMITED.withSteps(20_000), r),
                      listener);
          assertThat(sampling.diagnostics().counts().get("sweeps")).isEqualTo(25);
          counts.merge(last[0], 1L, Long::sum);
        }
        StatisticalAssertions.at(FALSE_ALARM).counts(exact.target(), counts);
      }
    }
  }

  private static Stream<Arguments> biased() {
    return Stream.of(
        Arguments.of("ancestral", Map.of()),
        Arguments.of("best-of-n", Map.of("candidates", "400")),
        Arguments.of("action-rejection", Map.of()),
        Arguments.of("block-best-of-n", Map.of("block_length", "1", "candidates", "2")),
        Arguments.of("block-rejection", Map.of("block_length", "1", "candidates", "2")),
        Arguments.of(
            "block-rejection", Map.of("block_length", "1", "candidates", "2", "choice", "race")),
        Arguments.of("beam", Map.of()),
        Arguments.of("tokenwise-backtracking", Map.of()));
  }

  /** The same test that exact samplers pass: draws of a biased sampler fail on some tree. */
  @ParameterizedTest
  @MethodSource("biased")
  void biased_draws_doNotFollowTheTarget(String name, Map<String, String> parameters) {
    int caught = 0;
    for (FiniteTree tree : RANDOM) {
      var target = Fixtures.exact(tree.problem()).target();
      Sampling sampling = run(name, parameters, tree.problem(), Fixtures.ALL, 200, 4);
      assertThat(Samplers.create(name, parameters).targetDistribution())
          .isEqualTo(TargetDistribution.BIASED);
      Map<TokenSequence, Long> counts = Fixtures.counts(sampling.draws());
      if (counts.values().stream().mapToLong(c -> c).sum() < 50) {
        caught +=
            ExactDistribution.totalVariation(Fixtures.outcomes(sampling), target) > 0.1 ? 1 : 0;
        continue;
      }
      try {
        StatisticalAssertions.at(FALSE_ALARM).counts(target, counts);
      } catch (AssertionError expected) {
        caught++;
      }
    }
    assertThat(caught).isGreaterThanOrEqualTo(3);
  }
}
