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
import io.tailwalk.testkit.EnumeratingChooser;
import io.tailwalk.testkit.ExactDistribution;
import io.tailwalk.testkit.TokenSequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every random choice of small particle systems is enumerated; no test here can fail by chance. */
class ParticleSystemTest {
  private static final List<FiniteTree> TREES = Fixtures.smallTrees(12, 5);

  /** The final state of a system. */
  private record Outcome(List<TokenSequence> leaves, List<Double> logWeights, double logMass) {}

  private static Outcome outcome(Run run, ParticleSystem system) {
    assertThat(system.finish()).isTrue();
    List<TokenSequence> leaves = new ArrayList<>();
    List<Double> logWeights = new ArrayList<>();
    for (int i = 0; i < system.size(); i++) {
      leaves.add(Fixtures.tokens(run, system.leaf(i)));
      logWeights.add(system.logWeight(i));
    }
    return new Outcome(leaves, logWeights, system.logMass());
  }

  private static Map<Outcome, Double> freeDistribution(
      Problem problem, SmcParameters parameters, Function<Run, Proposal> proposal) {
    Run run = Fixtures.run(problem, Fixtures.ALL);
    Proposal moves = proposal.apply(run);
    return EnumeratingChooser.distribution(
        chooser -> outcome(run, ParticleSystem.free(run, moves, parameters, chooser, 0)));
  }

  private static void assertUnbiased(Problem problem, Map<Outcome, Double> distribution) {
    ExactDistribution exact = Fixtures.exact(problem);
    double expectedMass = 0;
    Map<TokenSequence, Double> carried = new LinkedHashMap<>();
    for (Map.Entry<Outcome, Double> entry : distribution.entrySet()) {
      Outcome outcome = entry.getKey();
      assertThat(outcome.logMass()).isNotNaN();
      expectedMass += entry.getValue() * Math.exp(outcome.logMass());
      for (int i = 0; i < outcome.leaves().size(); i++) {
        double weight = Math.exp(outcome.logWeights().get(i)) / outcome.leaves().size();
        carried.merge(outcome.leaves().get(i), entry.getValue() * weight, Double::sum);
      }
    }
    assertThat(expectedMass).isCloseTo(exact.z(), within(1e-12 * exact.z()));
    Fixtures.masses(exact)
        .forEach((leaf, mass) ->
            assertThat(carried.getOrDefault(leaf, 0.0)).isCloseTo(mass, within(1e-12)));
  }

  @ParameterizedTest
  @EnumSource
  void free_twoParticles_massIsUnbiasedAndEveryLeafCarriesItsOwn(Resampling resampling) {
    for (FiniteTree tree : TREES) {
      for (double threshold : new double[] {0, 0.8, 1}) {
        var parameters = new SmcParameters(2, threshold, resampling);
        assertUnbiased(
            tree.problem(),
            freeDistribution(
                tree.problem(), parameters, run -> new GuidedProposal(run.explorer())));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void free_threeParticles_massIsUnbiased(Resampling resampling) {
    for (FiniteTree tree : TREES.subList(0, 3)) {
      assertUnbiased(
          tree.problem(),
          freeDistribution(
              tree.problem(),
              new SmcParameters(3, 1, resampling),
              run -> new GuidedProposal(run.explorer())));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void free_proposedByTheModelInBlocks_massIsUnbiased(int blockLength) {
    for (FiniteTree tree : Fixtures.smallTrees(6, 4)) {
      assertUnbiased(
          tree.problem(),
          freeDistribution(
              tree.problem(),
              new SmcParameters(2, 0.8, Resampling.SYSTEMATIC),
              run -> new ModelProposal(run.explorer(), blockLength)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void conditional_sweepFromTheTarget_leavesTheTarget(int blockLength) {
    for (FiniteTree tree : Fixtures.smallTrees(8, blockLength == 0 ? 6 : 4)) {
      Problem problem = tree.problem();
      Map<TokenSequence, Double> target = Fixtures.exact(problem).target();
      Run run = Fixtures.run(problem, Fixtures.ALL);
      Proposal proposal =
          blockLength == 0
              ? new GuidedProposal(run.explorer())
              : new ModelProposal(run.explorer(), blockLength);
      Map<TokenSequence, Double> after = new LinkedHashMap<>();
      target.forEach((from, mass) ->
          EnumeratingChooser.distribution(chooser -> sweep(run, proposal, from, chooser))
              .forEach((to, p) -> after.merge(to, mass * p, Double::sum)));
      assertThat(ExactDistribution.totalVariation(after, target)).isLessThan(1e-12);
    }
  }

  private static TokenSequence sweep(
      Run run, Proposal proposal, TokenSequence from, Chooser chooser) {
    int leaf = 0;
    for (int token : from.tokenIds()) {
      leaf = run.explorer().extend(leaf, token, run.explorer().distribution(leaf).logProb(token));
      run.explorer().value(new int[] {leaf}, 1);
    }
    var parameters = new SmcParameters(2, 0.9, Resampling.MULTINOMIAL);
    int[] path = ParticleGibbsSampler.path(run.explorer().tree(), leaf, proposal.actionLength());
    var system = ParticleSystem.conditional(run, proposal, parameters, chooser, 0, path);
    assertThat(system.finish()).isTrue();
    return Fixtures.tokens(run, ParticleGibbsSampler.choose(system, chooser));
  }
}
