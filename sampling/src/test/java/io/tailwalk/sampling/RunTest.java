package io.tailwalk.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.problem.Classics;
import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.builtin.tree.FiniteTree;
import io.tailwalk.builtin.tree.TreeNode;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.VerifierException;
import io.tailwalk.sampling.estimate.Evidence;
import io.tailwalk.testkit.StatisticalAssertions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Budgets, estimates under budgets, weights and streams. */
class RunTest {
  private static final double FALSE_ALARM = 1e-6;

  /** Good responses are cheap and bad ones expensive: the worst case for a budget. */
  private static final FiniteTree TIED =
      FiniteTree.of(
          "tied",
          List.of(
              TreeNode.root("r"),
              TreeNode.leaf("good", "r", 0.4, 1),
              TreeNode.inner("a", "r", 0.6, 0.5),
              TreeNode.inner("b", "a", 1, 0.5),
              TreeNode.inner("c", "b", 1, 0.5),
              TreeNode.leaf("bad", "c", 0.9, 0),
              TreeNode.leaf("late", "c", 0.1, 1)));

  private static final double Z = 0.46;

  private static double[] masses(
      String name, Map<String, String> parameters, int n, Budget budget, int runs) {
    Sampler sampler = Samplers.create(name, parameters);
    return IntStream.range(0, runs)
        .mapToDouble(seed ->
            sampler
                .run(
                    Fixtures.sampling(TIED.problem(), Fixtures.ALL),
                    RunOptions.of(n, budget, seed),
                    SamplingListener.NONE)
                .diagnostics()
                .counts()
                .getOrDefault(Evidence.OWN_ESTIMATE, Double.NaN))
        .toArray();
  }

  /** A verifier with a constant reward or verdict. */
  private record Constant(double logReward, double logRewardBound) implements Verifier {
    @Override
    public String name() {
      return "constant";
    }

    @Override
    public double logReward(Candidate complete) {
      return logReward;
    }
  }

  /** Estimates of a success probability of e^logReward by three descents with wrong values. */
  private static List<Estimate> erring(Verifier verifier) {
    Problem abc = Classics.abc(6, 0);
    ValueFunction erring = prefix -> prefix.tokenIds()[prefix.tokenIds().length - 1] - 1.0;
    var problem = new Problem("erring", abc.model(), abc.prompt(), erring, verifier, 6);
    Sampler sampler =
        Samplers.create("action-importance", Map.of("candidates", "3", "interval_share", "0"));
    return IntStream.range(0, 40)
        .mapToObj(seed ->
            sampler
                .run(
                    Fixtures.sampling(problem, Fixtures.ALL),
                    RunOptions.of(1, Budget.UNLIMITED, seed),
                    SamplingListener.NONE)
                .successProbability())
        .toList();
  }

  /** No success probability is above 1, whatever the weights. */
  @Test
  void successProbability_passOrFail_endsAtOne() {
    assertThat(erring(new Constant(0, 0)))
        .allSatisfy(mass -> {
          assertThat(mass.high()).isLessThanOrEqualTo(1);
          assertThat(mass.low()).isLessThanOrEqualTo(mass.value());
          assertThat(mass.value()).isLessThanOrEqualTo(mass.high());
        });
    assertThat(erring(new Constant(0, Double.POSITIVE_INFINITY)))
        .allSatisfy(mass -> assertThat(mass.interval().highKind()).isEqualTo(EndKind.OPEN));
  }

  /** Intervals rely on the bound that a verifier declares: it must hold. */
  @Test
  void successProbability_rewardAboveTheBound_isAnError() {
    assertThatThrownBy(() -> erring(new Constant(1, 0)))
        .isInstanceOf(VerifierException.class)
        .hasMessageContaining("above the bound of 1.0");
  }

  @Test
  void successProbability_costTiedToReward_isUnbiasedUnderAStepBudget() {
    Budget budget = Budget.UNLIMITED.withSteps(10);
    double[] masses = masses("best-of-n", Map.of(), 1, budget, 20_000);
    // Including the draw that exceeds the budget would give 0.44; dropping even a first one, 0.5.
    StatisticalAssertions.at(FALSE_ALARM).mean(masses, Z).sees(0.02);
  }

  @Test
  void successProbability_weightsAndSystems_areUnbiasedUnderAStepBudget() {
    Budget budget = Budget.UNLIMITED.withSteps(10);
    StatisticalAssertions.at(FALSE_ALARM)
        .mean(masses("action-importance", Map.of("interval_share", "0"), 1, budget, 8_000), Z)
        .sees(0.05);
    StatisticalAssertions.at(FALSE_ALARM)
        .mean(
            masses(
                "smc",
                Map.of("particles", "2", "interval_share", "0"),
                1,
                Budget.UNLIMITED.withSteps(16),
                8_000),
            Z)
        .sees(0.05);
  }

  @Test
  void successProbability_rejectionStoppedByAcceptancesOrBudget_isUnbiased() {
    for (Budget budget : List.of(Budget.UNLIMITED, Budget.UNLIMITED.withSteps(14))) {
      double[] masses = masses("outcome-rejection", Map.of(), 3, budget, 10_000);
      StatisticalAssertions.at(FALSE_ALARM).mean(masses, Z).sees(0.02);
    }
  }

  @Test
  void rejection_oneAcceptance_saysThatItErrsHigh() {
    Sampling one =
        Samplers.create("outcome-rejection", Map.of())
            .run(
                Fixtures.sampling(TIED.problem(), Fixtures.ALL),
                RunOptions.of(1, Budget.UNLIMITED, 1),
                SamplingListener.NONE);
    assertThat(one.draws()).hasSize(1);
    assertThat(one.successProbability().bias()).isEqualTo(Bias.HIGH);
  }

  @Test
  void rejection_rewardAboveItsBound_saysWhatToDo() {
    Sampler sampler = Samplers.create("outcome-rejection", Map.of("tau_max", "0.5"));
    SamplingProblem problem = Fixtures.sampling(TIED.problem(), Fixtures.ALL);
    assertThatThrownBy(() ->
            sampler.run(problem, RunOptions.of(9, Budget.UNLIMITED, 1), SamplingListener.NONE))
        .isInstanceOf(VerifierException.class)
        .hasMessageContaining("tau_max = 0.5")
        .hasMessageContaining("reward of 1.0");
  }

  @Test
  void ancestral_zeroRewards_areKept() {
    Sampling sampling =
        Samplers.create("ancestral", Map.of())
            .run(
                Fixtures.sampling(TIED.problem(), Fixtures.ALL),
                RunOptions.of(300, Budget.UNLIMITED, 1),
                SamplingListener.NONE);
    assertThat(sampling.draws()).hasSize(300);
    assertThat(sampling.stopReason()).isEqualTo(StopReason.DONE);
    assertThat(sampling.draws()).anyMatch(c -> c.logReward() == Double.NEGATIVE_INFINITY);
    Estimate z = sampling.successProbability();
    assertThat(Z).isBetween(z.low(), z.high());
  }

  @Test
  void discardedTokens_everythingReturned_isZero() {
    Sampling sampling =
        Samplers.create("ancestral", Map.of())
            .run(
                Fixtures.sampling(Classics.abc(5, 0), Fixtures.ALL),
                RunOptions.of(7, Budget.UNLIMITED, 1),
                SamplingListener.NONE);
    assertThat(sampling.diagnostics().counts()).containsEntry("discarded_tokens", 0.0);
    Sampling best =
        Samplers.create("best-of-n", Map.of("candidates", "50"))
            .run(
                Fixtures.sampling(Classics.abc(5, 0), Fixtures.ALL),
                RunOptions.of(1, Budget.UNLIMITED, 1),
                SamplingListener.NONE);
    assertThat(best.diagnostics().counts())
        .containsEntry("discarded_tokens", best.cost().modelTokens() - 4.0);
  }

  @Test
  void leafSample_weightsBelowEveryDouble_keepTheirShares() {
    Run run = Fixtures.run(TIED.problem(), Fixtures.ALL);
    int root = run.explorer().root(0);
    run.explorer().expand(new int[] {root}, 1);
    int good = run.explorer().childAt(root, 1);
    var sample = new LeafSample();
    sample.addLog(GenerationTree.NONE, Double.NEGATIVE_INFINITY);
    sample.addLog(good, -5000);
    sample.addLog(good, -5001);
    assertThat(sample.outcomes(run.explorer())).hasSize(1);
    assertThat(sample.draws(run.explorer(), 9, 1)).hasSize(2);
    double ratio = Math.exp(-1);
    assertThat(sample.kishSize())
        .isCloseTo((1 + ratio) * (1 + ratio) / (1 + ratio * ratio), within(1e-9));
    assertThatThrownBy(() -> sample.add(good, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void completionFlow_subscriber_getsThemAllAndClosingCancels() {
    List<Completion> heard = Collections.synchronizedList(new ArrayList<>());
    var publisher = new SubmissionPublisher<Completion>(Runnable::run, 16);
    var done = publisher.consume(heard::add);
    Sampling sampling =
        Samplers.create("ancestral", Map.of())
            .run(
                Fixtures.sampling(TIED.problem(), Fixtures.ALL),
                RunOptions.of(100, Budget.UNLIMITED, 1),
                new CompletionFlow(publisher));
    publisher.close();
    done.join();
    assertThat(heard).hasSize(100).containsExactlyElementsOf(sampling.draws());
    Sampling cancelled =
        Samplers.create("ancestral", Map.of())
            .run(
                Fixtures.sampling(TIED.problem(), Fixtures.ALL),
                RunOptions.of(100, Budget.UNLIMITED, 1),
                new CompletionFlow(publisher));
    assertThat(cancelled.stopReason()).isEqualTo(StopReason.CANCELLED);
  }
}
