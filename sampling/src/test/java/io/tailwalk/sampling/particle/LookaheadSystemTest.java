package io.tailwalk.sampling.particle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.builtin.tree.FiniteTree;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.sampling.Fixtures;
import io.tailwalk.sampling.Resampling;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.SmcParameters;
import io.tailwalk.sampling.particle.SuffixMoves.Acceptance;
import io.tailwalk.testkit.EnumeratingChooser;
import io.tailwalk.testkit.ExactDistribution;
import io.tailwalk.testkit.TokenSequence;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Particle systems with lookahead targets and Metropolis-Hastings moves: every choice of the
 * particles is enumerated; the responses behind the lookahead are drawn once and stay.
 */
class LookaheadSystemTest {
  private static final double ROUNDING = 1e-10;
  private static final SmcParameters TWO = new SmcParameters(2, 0.8, Resampling.SYSTEMATIC);

  /** Few rounds: the paths to enumerate grow with the factorial of their number. */
  private static final List<FiniteTree> TREES =
      Fixtures.smallTrees(60, 4).stream()
          .filter(tree -> tree.problem().maxTokens() <= 3)
          .limit(10)
          .toList();

  /** A run with its lookahead. */
  private record Setting(Run run, Lookahead lookahead, int blockLength) {
    static Setting of(Problem problem, int rollouts, int blockLength) {
      Run run = Fixtures.run(problem, Fixtures.ALL);
      return new Setting(run, new Lookahead(run, rollouts), blockLength);
    }

    SuffixMoves moves(Acceptance acceptance) {
      return new SuffixMoves(run, lookahead, blockLength, 1, acceptance);
    }

    ParticleSystem system(Rejuvenation rejuvenation, Chooser chooser) {
      var proposal =
          new LookaheadProposal(new ModelProposal(run.explorer(), blockLength), lookahead);
      return ParticleSystem.free(run, proposal, TWO, chooser, 0, rejuvenation);
    }
  }

  /** Expected weight of every response, by enumeration. */
  private static Map<TokenSequence, Double> carried(Setting setting, Rejuvenation rejuvenation) {
    Map<TokenSequence, Double> carried = new HashMap<>();
    EnumeratingChooser.distribution(
            chooser -> weights(setting.system(rejuvenation, chooser), setting.run()))
        .forEach((weights, p) ->
            weights.forEach((leaf, weight) -> carried.merge(leaf, p * weight, Double::sum)));
    return carried;
  }

  private static Map<TokenSequence, Double> weights(ParticleSystem system, Run run) {
    assertThat(system.finish()).isTrue();
    Map<TokenSequence, Double> weights = new LinkedHashMap<>();
    for (int i = 0; i < system.size(); i++) {
      double weight = Math.exp(system.logWeight(i)) / system.size();
      if (weight > 0) {
        weights.merge(Fixtures.tokens(run, system.leaf(i)), weight, Double::sum);
      }
    }
    return weights;
  }

  /** The largest difference from {@code pi tau}, relative to Z. */
  private static double bias(Problem problem, Map<TokenSequence, Double> carried) {
    ExactDistribution exact = Fixtures.exact(problem);
    double worst = 0;
    for (Map.Entry<TokenSequence, Double> leaf : Fixtures.masses(exact).entrySet()) {
      double expected = carried.getOrDefault(leaf.getKey(), 0.0);
      worst = Math.max(worst, Math.abs(expected - leaf.getValue()) / exact.z());
    }
    return worst;
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "2,1", "2,2"})
  void responses_withMovesAfterEveryRound_carryTheirMass(int rollouts, int blockLength) {
    for (FiniteTree tree : TREES) {
      Setting setting = Setting.of(tree.problem(), rollouts, blockLength);
      var carried = carried(setting, setting.moves(Acceptance.BY_LOOKAHEAD));
      assertThat(bias(tree.problem(), carried)).isLessThan(ROUNDING);
      assertThat(bias(tree.problem(), carried(setting, Rejuvenation.NONE))).isLessThan(ROUNDING);
    }
  }

  /** Planted: every proposal is accepted. */
  @Test
  void responses_withMovesThatAcceptAll_doNot() {
    assertThat(caught(setting -> setting.moves((_, _) -> 0))).isGreaterThan(7);
  }

  /** Planted: acceptance by the wrong ratio. */
  @Test
  void responses_withTheRatioTurnedRound_doNot() {
    assertThat(caught(setting -> setting.moves((logMean, newLogMean) -> logMean - newLogMean)))
        .isGreaterThan(7);
  }

  /** Planted: duplicates only, as the paper is said to do. */
  @Test
  void responses_withMovesOfDuplicatesOnly_doNot() {
    assertThat(
            caught(setting ->
                restricted(setting, at -> Arrays.stream(at).distinct().count() < at.length)))
        .isGreaterThan(4);
  }

  /** Planted: no moves any more once all responses are complete. */
  @Test
  void responses_withMovesUntilAllAreComplete_doNot() {
    assertThat(
            caught(setting ->
                restricted(
                    setting,
                    at -> !Arrays.stream(at).allMatch(setting.run().explorer().tree()::isLeaf))))
        .isGreaterThan(4);
  }

  /** Moves under a condition on the particles. */
  private static Rejuvenation restricted(Setting setting, Predicate<int[]> condition) {
    SuffixMoves moves = setting.moves(Acceptance.BY_LOOKAHEAD);
    return new Rejuvenation() {
      @Override
      public int rounds() {
        return moves.rounds();
      }

      @Override
      public boolean move(int[] at, int rounds, Chooser chooser) {
        return !condition.test(at) || moves.move(at, rounds, chooser);
      }
    };
  }

  private static int caught(Function<Setting, Rejuvenation> planted) {
    int caught = 0;
    for (FiniteTree tree : TREES) {
      Setting setting = Setting.of(tree.problem(), 1, 1);
      caught += bias(tree.problem(), carried(setting, planted.apply(setting))) > 1e-3 ? 1 : 0;
    }
    return caught;
  }

  /** From prefixes of a round in proportion to {@code pi L}, the moves lead to the same. */
  @Test
  void moves_fromTheTargetOfARound_leaveIt() {
    for (FiniteTree tree : TREES) {
      Setting setting = Setting.of(tree.problem(), 2, 1);
      for (int round = 1; round <= 3; round++) {
        Map<Integer, Double> target = target(setting, round);
        Map<Integer, Double> after = new HashMap<>();
        int rounds = round;
        target.forEach((node, mass) ->
            EnumeratingChooser.distribution(
                    chooser -> {
                      int[] at = {node};
                      assertThat(setting.moves(Acceptance.BY_LOOKAHEAD).move(at, rounds, chooser))
                          .isTrue();
                      return at[0];
                    })
                .forEach((to, p) -> after.merge(to, mass * p, Double::sum)));
        target.forEach((node, mass) ->
            assertThat(after.getOrDefault(node, 0.0)).isCloseTo(mass, within(ROUNDING)));
      }
    }
  }

  private static Map<Integer, Double> target(Setting setting, int round) {
    Map<Integer, Double> prior = Map.of(0, 1.0);
    ModelProposal one = new ModelProposal(setting.run().explorer(), 1);
    for (int i = 0; i < round; i++) {
      Map<Integer, Double> next = new HashMap<>();
      prior.forEach((node, mass) -> {
        if (setting.run().explorer().tree().isLeaf(node)) {
          next.merge(node, mass, Double::sum);
        } else {
          EnumeratingChooser.distribution(c -> one.move(new int[] {node}, c)[0])
              .forEach((to, p) -> next.merge(to, mass * p, Double::sum));
        }
      });
      prior = next;
    }
    Map<Integer, Double> target = new HashMap<>();
    prior.forEach((node, mass) -> {
      assertThat(setting.lookahead().estimate(new int[] {node})).isTrue();
      double weight = mass * Math.exp(setting.lookahead().logMean(node));
      if (weight > 0) {
        target.put(node, weight);
      }
    });
    double sum = target.values().stream().mapToDouble(w -> w).sum();
    target.replaceAll((_, weight) -> weight / sum);
    return target;
  }

  @Test
  void lookahead_ofAPrefix_isAFixedMean() {
    Problem problem = TREES.getFirst().problem();
    Setting one = Setting.of(problem, 4000, 1);
    Setting other = Setting.of(problem, 4000, 1);
    int node = one.run().explorer().drawToken(0, one.run().chooser(0));
    int same = other.run().explorer().drawToken(0, other.run().chooser(0));
    assertThat(one.lookahead().estimate(new int[] {node})).isTrue();
    assertThat(other.lookahead().estimate(new int[] {same, same})).isTrue();
    assertThat(one.lookahead().logMean(node)).isEqualTo(other.lookahead().logMean(same));
    assertThat(one.lookahead().logMean(0)).isZero();
  }
}
