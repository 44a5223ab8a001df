package io.tailwalk.sampling.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.dyck.DyckLanguage;
import io.tailwalk.builtin.dyck.DyckProblems;
import io.tailwalk.builtin.problem.Classics;
import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.builtin.tree.FiniteTree;
import io.tailwalk.builtin.tree.RandomTrees;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.core.verify.Verifiers;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import io.tailwalk.testkit.ExactDistribution;
import io.tailwalk.testkit.StatisticalAssertions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutoSamplerTest {
  private static final AutoSampler AUTO = new AutoSampler(0.05, 256, AutoSampler.INTERVAL_SHARE);
  private static final int RUNS = 200;

  private static SamplingProblem problem(Problem of, ExpansionRule rule) {
    var context =
        of.model().open(of.model().encode(of.prompt()), new ContextOptions(of.maxTokens(), 8));
    return new SamplingProblem(
        of.prompt(),
        of.model().vocabulary(),
        context,
        of.verifier(),
        of.value(),
        rule,
        of.maxTokens(),
        List.of());
  }

  private static Sampling run(Problem of, ExpansionRule rule, Budget budget, long seed) {
    return AUTO.run(problem(of, rule), RunOptions.of(4, budget, seed), SamplingListener.NONE);
  }

  /** One run is unbiased for Z for every twist and number of particles; false alarm 1e-7 each. */
  @Test
  void particleRun_anyTwistAndSize_successProbabilityIsUnbiased() {
    Problem dyck =
        DyckProblems.withSystematicError(DyckProblems.exact(new DyckLanguage(10, 10)), 0.4);
    double z = Math.exp(exactLogZ(dyck));
    Twist odd = (_, token, depth, logValue) -> 0.3 * token - 0.1 * depth + 0.05 * logValue;
    for (Twist twist : List.of(Twist.NONE, odd)) {
      for (int particles : new int[] {1, 2, 5}) {
        double[] values = new double[8000];
        for (int i = 0; i < values.length; i++) {
          values[i] =
              Math.exp(particleRun(dyck, new ExpansionRule.Enumerate(), twist, particles, i));
        }
        StatisticalAssertions.at(1e-7).mean(values, z).sees(0.3 * z);
      }
    }
  }

  /** The same over the draw of sampled children and blocks. */
  @Test
  void particleRun_sampledChildren_successProbabilityIsUnbiased() {
    Problem dyck = DyckProblems.withIidError(DyckProblems.exact(new DyckLanguage(6, 6)), 0.3, 1);
    double z = Math.exp(exactLogZ(dyck));
    for (ExpansionRule rule :
        List.of(new ExpansionRule.Sample(3, 1), new ExpansionRule.Sample(6, 2))) {
      double[] values = new double[20_000];
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.exp(particleRun(dyck, rule, Twist.NONE, 3, i));
      }
      StatisticalAssertions.at(1e-7).mean(values, z).sees(0.4 * z);
    }
  }

  private static double particleRun(
      Problem of, ExpansionRule rule, Twist twist, int particles, long seed) {
    SamplingProblem problem = problem(of, rule);
    var explorer =
        new Explorer(
            problem.treeSpec(seed), problem.context(), Budget.UNLIMITED, new CostMeter(() -> 0));
    var run =
        new ParticleRun(
            explorer, explorer.root(0), twist, particles, 3, seed % 2 == 0, Streams.of(seed, 8));
    while (!run.isDone()) {
      run.advance();
    }
    return run.logSuccessProbability();
  }

  private static double exactLogZ(Problem dyck) {
    return ExactDistribution.of(dyck.model(), dyck.prompt(), dyck.verifier(), dyck.maxTokens())
        .logZ();
  }

  /** An error that is a function of the last token is learnt; pure noise is not corrected. */
  @Test
  void learn_systematicError_isFoundAndNoiseIsNot() {
    Problem exact = DyckProblems.exact(new DyckLanguage(40, 40));
    assertThat(learned(DyckProblems.withSystematicError(exact, 0.5)).varianceAfter())
        .isLessThan(0.02 * learned(DyckProblems.withSystematicError(exact, 0.5)).varianceBefore());
    assertThat(learned(DyckProblems.withIidError(exact, 0.5, 3)).isUsed()).isFalse();
    assertThat(learned(exact).varianceBefore()).isLessThan(1e-20);
  }

  private static LearnedTwist learned(Problem of) {
    SamplingProblem problem = problem(of, new ExpansionRule.Enumerate());
    var explorer =
        new Explorer(
            problem.treeSpec(1), problem.context(), Budget.UNLIMITED, new CostMeter(() -> 0));
    var run = new ParticleRun(explorer, explorer.root(0), Twist.NONE, 8, 64, false, Streams.of(1));
    while (!run.isDone()) {
      run.advance();
    }
    return new TwistLearner(explorer).learn();
  }

  /**
   * The mean of the estimates is the success probability, whether draws or particles follow the
   * pilot. Every fourth response passes, which shows at the end alone: an estimate that is the
   * pilot's own where the pilot found much, and one of many particles elsewhere, is too high.
   */
  @Test
  void run_whateverThePilotFound_estimateIsUnbiased() {
    Problem dyck = DyckProblems.exact(new DyckLanguage(8, 8));
    Verifier late = new Late();
    double z = ExactDistribution.of(dyck.model(), dyck.prompt(), late, 8).z();
    var problem = new Problem("late", dyck.model(), dyck.prompt(), _ -> 0.0, late, 8);
    double[] values = new double[3000];
    int draws = 0;
    for (int seed = 0; seed < values.length; seed++) {
      Sampling result =
          run(problem, new ExpansionRule.Enumerate(), Budget.ofModelTokens(300), seed);
      values[seed] = result.successProbability().value();
      draws += result.diagnostics().notes().getFirst().startsWith("draws") ? 1 : 0;
    }
    assertThat(draws).isBetween(300, 2700);
    StatisticalAssertions.at(1e-4).mean(values, z).sees(0.1 * z);
  }

  private static final class Late implements Verifier {
    @Override
    public String name() {
      return "late";
    }

    @Override
    public double logReward(Candidate complete) {
      int hash = Arrays.hashCode(complete.tokenIds()) * 0x9E3779B9;
      return Integer.remainderUnsigned(hash ^ (hash >>> 15), 4) == 0 ? 0 : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double logRewardBound() {
      return 0;
    }
  }

  /** Small trees are finally known completely: the distribution is exact. */
  @Test
  void run_smallTree_isExact() {
    int exact = 0;
    for (long seed = 0; seed < 50; seed++) {
      FiniteTree tree = RandomTrees.of(seed);
      if (tree.logZ() == Double.NEGATIVE_INFINITY) {
        continue;
      }
      Sampling result =
          run(
              tree.problem(),
              new ExpansionRule.Enumerate(),
              Budget.UNLIMITED.withSteps(20_000),
              seed);
      if (result.diagnostics().notes().contains("exact: the whole tree is known")) {
        exact++;
        double z = result.successProbability().value();
        assertThat(Math.log(z)).as("tree %s", seed).isCloseTo(tree.logZ(), within(1e-9));
        assertThat(result.outcomes().stream().mapToDouble(Completion::weight).sum())
            .isCloseTo(1, within(1e-9));
      }
    }
    assertThat(exact).isGreaterThan(25);
  }

  /**
   * The distribution of the results of auto, including the pilot's leaves, is the target for every
   * choice, in trees that it does not know completely: the mean distribution of the number of b's
   * over runs is within 5% of the target, while descents by the wrong value differ by 85%.
   */
  @Test
  void run_everyChoice_meanDistributionIsTheTarget() {
    ExpansionRule all = new ExpansionRule.Enumerate();
    Problem wrong = Classics.abc(10, 4);
    assertMeanDistribution(wrong, all, Budget.ofModelTokens(340), "particle filter");
    assertMeanDistribution(wrong, all, Budget.ofModelTokens(6000), "draws from the frontier");
    var blind = new Problem("blind", wrong.model(), wrong.prompt(), _ -> 0.0, wrong.verifier(), 10);
    assertMeanDistribution(
        blind, new ExpansionRule.Sample(6, 3), Budget.ofModelTokens(6000), "plain draws");
  }

  private static void assertMeanDistribution(
      Problem of, ExpansionRule rule, Budget budget, String choice) {
    double[] distribution = new double[of.maxTokens() + 1];
    int chosen = 0;
    for (int seed = 0; chosen < RUNS; seed++) {
      Sampling result = run(of, rule, budget, seed);
      String note = result.diagnostics().notes().getFirst();
      assertThat(seed).as("%s, not %s", choice, note).isLessThan(3 * RUNS);
      if (note.contains(choice) && !result.outcomes().isEmpty()) {
        chosen++;
        for (Completion outcome : result.outcomes()) {
          distribution[(int) outcome.tokenIds().stream().filter(token -> token == 1).count()] +=
              outcome.weight() / RUNS;
        }
      }
    }
    double distance = 0;
    double binomial = Math.pow(0.5, of.maxTokens());
    for (int count = 0; count < distribution.length; count++) {
      distance += Math.abs(distribution[count] - binomial) / 2;
      binomial *= (of.maxTokens() - count) / (count + 1.0);
    }
    assertThat(distance).as(choice).isLessThan(0.05);
  }

  /** A pilot of a few particles is no reason to replace particles by draws that rarely pass. */
  @Test
  void run_smallPilot_doesNotSwitchToPlainDraws() {
    Problem rough = DyckProblems.withIidError(DyckProblems.exact(new DyckLanguage(12, 12)), 1.5, 7);
    int distinct = Integer.MAX_VALUE;
    for (long seed = 0; seed < 200; seed++) {
      Sampling result = run(rough, new ExpansionRule.Enumerate(), Budget.ofModelTokens(700), seed);
      assertThat(result.diagnostics().notes().getFirst())
          .as("seed %s", seed)
          .contains("particle filter");
      assertThat(result.diagnostics().counts().get("pilot_particles")).isLessThan(10);
      distinct = Math.min(distinct, result.outcomes().size());
    }
    assertThat(distinct).isGreaterThan(10);
  }

  /** A cache for few branches would evaluate whole prefixes again for each particle beyond. */
  @Test
  void run_modelThatHoldsFewBranches_hasNoMoreParticles() {
    Problem rough = DyckProblems.withIidError(DyckProblems.exact(new DyckLanguage(12, 12)), 1.5, 7);
    assertThat(mostPrefixesOfACall(rough, 20)).isBetween(12, 20);
    assertThat(mostPrefixesOfACall(rough, Integer.MAX_VALUE)).isGreaterThan(40);
  }

  private static int mostPrefixesOfACall(Problem of, int held) {
    SamplingProblem roomy = problem(of, new ExpansionRule.Enumerate());
    var context = new FewBranches(roomy.context(), held);
    var problem =
        new SamplingProblem(
            roomy.prompt(),
            roomy.vocabulary(),
            context,
            roomy.verifier(),
            roomy.value(),
            roomy.rule(),
            roomy.maxTokens(),
            roomy.stop());
    Budget budget = Budget.ofModelTokens(6000);
    var result = AUTO.run(problem, RunOptions.of(4, budget, 1), SamplingListener.NONE);
    assertThat(result.diagnostics().notes().getFirst()).contains("particle filter");
    return context.most;
  }

  private static final class FewBranches implements ModelContext {
    private final ModelContext base;
    private final int held;
    private int most;

    FewBranches(ModelContext base, int held) {
      this.base = base;
      this.held = held;
    }

    @Override
    public LogProbs[] next(int[][] prefixes) {
      most = Math.max(most, prefixes.length);
      return base.next(prefixes);
    }

    @Override
    public int heldBranches() {
      return held;
    }

    @Override
    public int[] promptTokenIds() {
      return base.promptTokenIds();
    }

    @Override
    public int maxCompletionTokens() {
      return base.maxCompletionTokens();
    }

    @Override
    public ModelUsage usage() {
      return base.usage();
    }

    @Override
    public void close() {
      base.close();
    }
  }

  /** Results of the pilot are returned: here only the pilot finds the rare response. */
  @Test
  void run_plainDraws_pilotIsPartOfTheAnswers() {
    Problem easy = Classics.abc(30, 0);
    var any = new Problem("any", easy.model(), easy.prompt(), prefix -> 0.0, Verifiers.any(), 30);
    Sampling result = run(any, new ExpansionRule.Sample(8, 2), Budget.ofModelTokens(6000), 5);
    var counts = result.diagnostics().counts();
    assertThat(counts.get("pilot_particles")).isGreaterThan(1);
    assertThat(result.outcomes().size())
        .isGreaterThan(counts.getOrDefault("accepted", 0.0).intValue());
  }

  @Test
  void run_budget_isKeptAndUsed() {
    Problem dyck = DyckProblems.withIidError(DyckProblems.exact(new DyckLanguage(32, 32)), 0.3, 1);
    for (long nodes : new long[] {40, 300, 2000, 10_000}) {
      Sampling result =
          run(dyck, new ExpansionRule.Enumerate(), Budget.UNLIMITED.withNodes(nodes), 5);
      assertThat(result.cost().nodesExpanded()).isBetween(nodes / 2, nodes * 3 / 2);
      assertThat(result.draws()).hasSizeLessThanOrEqualTo(4).isNotEmpty();
    }
  }

  /**
   * With sampled children every draw costs K times the tokens of its completion: plain draws are
   * better while Z is large.
   */
  @Test
  void run_likelySuccessAndDearChildren_drawsFromTheModel() {
    Problem easy = Classics.abc(30, 0);
    var any = new Problem("any", easy.model(), easy.prompt(), prefix -> 0.0, Verifiers.any(), 30);
    Sampling result = run(any, new ExpansionRule.Sample(8, 2), Budget.ofModelTokens(4000), 5);
    assertThat(result.diagnostics().notes().getFirst()).startsWith("plain draws");
    assertThat(result.successProbability().value()).isEqualTo(1);
    assertThat(result.cost().modelTokens()).isBetween(3000L, 6000L);
  }
}
