package io.tailwalk.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.random.Chooser;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

/**
 * What every sampler must do, on small trees whose distributions are known exactly and on one that
 * no budget explores. Extend it, say how a task is run, and JUnit runs it. Seeds are fixed; each
 * statistical assertion fails by chance with a probability of at most {@link #FALSE_ALARM}.
 */
public abstract class SamplerContract {
  /** Probability that a statistical assertion fails although the sampler is right. */
  public static final double FALSE_ALARM = 1e-6;

  private static final int RUNS = 1000;

  /** Distance of the distributions that {@link #RUNS} draws always show. */
  private static final double VISIBLE = 0.4;

  private static final int INTERVALS = 240;
  private static final long[] SMALL_BUDGETS = {2, 4, 8, 16, 40};
  private static final int MANY = 9999;
  private static final long IDLE_STEPS = 9000;
  private static final double ROUNDING = 1e-9;

  /**
   * Runs the sampler under test.
   *
   * @param n completions wanted
   * @param seed of all randomness
   */
  protected abstract SamplerRun run(SamplerTask task, int n, Budget budget, long seed);

  /**
   * The distribution that a returned completion has, or tends to as the budget grows. The target
   * unless overridden; a sampler that is biased returns the distribution it declares, or nothing if
   * none is known in closed form.
   */
  protected Optional<Map<TokenSequence, Double>> distribution(
      SamplerTask task, ExactDistribution exact) {
    return Optional.of(exact.target());
  }

  /**
   * One completion as a function of random choices alone, so that its distribution is computed
   * exactly by going through all of them; nothing unless overridden.
   */
  protected Optional<Function<Chooser, TokenSequence>> oneDraw(SamplerTask task) {
    return Optional.empty();
  }

  /** Whether completions that the verifier rejects are returned too. */
  protected boolean keepsRejected() {
    return false;
  }

  /** Whether the result depends on the seed. */
  protected boolean usesChance() {
    return true;
  }

  /** A budget at which {@link #distribution} is reached as far as a test can see. */
  protected Budget ampleBudget() {
    return Budget.UNLIMITED.withSteps(2000);
  }

  /** Model tokens and nodes by which the round under way may exceed the hard limit. */
  protected int oneRound() {
    return 16;
  }

  /** Completions are responses of the model, with their log-probability and reward, and pass. */
  @Test
  public void draws_areResponsesOfTheModelWithTheirNumbers() {
    for (SamplerTask task : SamplerTask.small()) {
      ExactDistribution exact = task.exact();
      SamplerRun run = run(task, 12, ampleBudget(), 5);
      assertFalse(run.draws().isEmpty(), () -> "no completion: " + task.name());
      assertTrue(run.draws().size() <= 12, "more completions than asked for");
      for (SamplerRun.Draw draw : run.draws()) {
        ExactDistribution.Leaf leaf = exact.leaves().get(draw.tokens());
        assertNotNull(leaf, () -> draw + " is not a response: " + task.name());
        assertEquals(leaf.logPi(), draw.logProb(), ROUNDING, () -> "log-probability of " + draw);
        assertEquals(leaf.logTau(), draw.logReward(), ROUNDING, () -> "log-reward of " + draw);
        assertTrue(
            keepsRejected() || leaf.logTau() > Double.NEGATIVE_INFINITY,
            () -> draw + " does not pass: " + task.name());
      }
      double shares = run.outcomes().values().stream().mapToDouble(share -> share).sum();
      assertEquals(1, shares, ROUNDING, () -> "sum of the shares: " + task.name());
      assertTrue(exact.leaves().keySet().containsAll(run.outcomes().keySet()));
    }
  }

  /** The first completion of each of {@link #RUNS} runs with seeds of their own. */
  @Test
  public void draws_followTheDeclaredDistribution() {
    int tested = 0;
    for (SamplerTask task : SamplerTask.small()) {
      var declared = distribution(task, task.exact());
      if (declared.isPresent()) {
        Map<TokenSequence, Long> counts = new HashMap<>();
        for (int seed = 0; seed < RUNS; seed++) {
          run(task, 1, ampleBudget(), seed).draws().stream()
              .limit(1)
              .forEach(draw -> counts.merge(draw.tokens(), 1L, Long::sum));
        }
        StatisticalAssertions.at(FALSE_ALARM).counts(declared.orElseThrow(), counts).sees(VISIBLE);
        tested++;
      }
    }
    assumeTrue(tested > 0, "no distribution is declared");
  }

  /** The exact distribution of one completion, where the sampler can draw from a chooser. */
  @Test
  public void oneDraw_allChoices_addUpToTheDeclaredDistribution() {
    int tested = 0;
    for (SamplerTask task : SamplerTask.small()) {
      var draw = oneDraw(task);
      var declared = distribution(task, task.exact());
      if (draw.isPresent() && declared.isPresent()) {
        double distance =
            ExactDistribution.totalVariation(
                EnumeratingChooser.distribution(draw.orElseThrow()), declared.orElseThrow());
        assertEquals(0, distance, ROUNDING, () -> "total variation distance: " + task.name());
        tested++;
      }
    }
    assumeTrue(tested > 0, "nothing to enumerate");
  }

  /** Certain ends are always correct; intervals contain the exact value as often as they state. */
  @Test
  public void successProbability_intervals_containTheExactValueAsOftenAsStated() {
    List<SamplerTask> tasks = SamplerTask.small();
    int misses = 0;
    int uncertain = 0;
    double level = 1;
    for (int round = 0; round < INTERVALS; round++) {
      SamplerTask task = tasks.get(round % tasks.size());
      long tokens = SMALL_BUDGETS[round % SMALL_BUDGETS.length];
      Budget budget = Budget.ofModelTokens(tokens).withSteps(8 * tokens);
      Estimate estimate = run(task, 1 + round % 3, budget, round).successProbability();
      double z = task.exact().z();
      String what = estimate + " for " + z + ": " + task.name() + ", seed " + round;
      assertTrue(contains(estimate.certain(), z), () -> "a certain end is wrong: " + what);
      boolean hit = contains(estimate.interval(), z);
      if (estimate.isExact()) {
        assertTrue(hit, () -> "called exact and wrong: " + what);
      } else {
        uncertain++;
        misses += hit ? 0 : 1;
        level = Math.min(level, estimate.level());
      }
    }
    if (uncertain > 0) {
      int most =
          BinomialDistribution.of(uncertain, 1 - level).inverseSurvivalProbability(FALSE_ALARM);
      int missed = misses;
      String of = " of " + uncertain + " intervals, at a level of " + level + ", miss";
      assertTrue(missed <= most, () -> missed + of + "; at most " + most + " may");
    }
  }

  private static boolean contains(Interval interval, double z) {
    return interval.low() <= z * (1 + ROUNDING) && z <= interval.high() * (1 + ROUNDING);
  }

  /** Model tokens, nodes and model calls stay within one and a half times their limit. */
  @Test
  public void budget_anyLimit_isKept() {
    Budget steps = Budget.UNLIMITED.withSteps(IDLE_STEPS);
    Cost tokens = run(SamplerTask.large(), MANY, steps.withModelTokens(60), 5).cost();
    assertKept("model tokens", 60, tokens.modelTokens(), oneRound());
    Cost nodes = run(SamplerTask.large(), MANY, steps.withNodes(60), 5).cost();
    assertKept("nodes", 60, nodes.nodesExpanded(), oneRound());
    Cost calls = run(SamplerTask.large(), MANY, steps.withModelCalls(40), 5).cost();
    assertKept("model calls", 40, calls.modelCalls(), 2);
    Cost below = run(SamplerTask.large(), MANY, Budget.ofModelTokens(8), 5).cost();
    assertKept("model tokens", 8, below.modelTokens(), oneRound());
  }

  private static void assertKept(String what, long budget, long used, int slack) {
    assertTrue(
        used <= Budget.HARD_LIMIT * budget + slack,
        () -> used + " " + what + " at a budget of " + budget);
  }

  /** A run that its budget ends returns what it has, and the limit that was reached. */
  @Test
  public void budgetSpent_partialResult_namesTheLimit() {
    Map<StopReason, Budget> limits =
        Map.of(
            StopReason.MODEL_TOKENS, Budget.ofModelTokens(400),
            StopReason.NODES, Budget.UNLIMITED.withNodes(400).withSteps(IDLE_STEPS),
            StopReason.MODEL_CALLS, Budget.UNLIMITED.withModelCalls(400),
            StopReason.STEPS, Budget.UNLIMITED.withSteps(400));
    limits.forEach((reason, budget) -> {
      SamplerRun run = run(SamplerTask.large(), MANY, budget, 3);
      // A sampler of the model alone expands no node, so that a limit on nodes never ends it.
      if (reason != StopReason.NODES || run.cost().nodesExpanded() > 0) {
        assertEquals(reason, run.stopReason(), () -> "at " + budget);
      }
      assertFalse(run.draws().isEmpty(), () -> "nothing is returned at " + budget);
      assertTrue(run.draws().size() <= MANY, "more completions than asked for");
    });
  }

  /** The reported cost is what was asked of the model, the verifier and the value. */
  @Test
  public void cost_equalsWhatWasAskedOfModelVerifierAndValue() {
    for (SamplerTask task :
        Stream.concat(SamplerTask.small().stream(), Stream.of(SamplerTask.large())).toList()) {
      var counting = new CountingTask(task);
      Budget budget = Budget.ofModelTokens(200).withSteps(2000);
      Cost cost = run(counting.task(), 5, budget, 2).cost();
      assertEquals(counting.modelTokens(), cost.modelTokens(), "model tokens: " + task.name());
      assertEquals(counting.modelCalls(), cost.modelCalls(), "model calls: " + task.name());
      assertEquals(
          counting.verifierCalls(), cost.verifierCalls(), "verifier calls: " + task.name());
      assertEquals(counting.valueCalls(), cost.valueCalls(), "value calls: " + task.name());
      assertTrue(cost.steps() > 0 && cost.nodesExpanded() <= cost.modelTokens() + 1, task.name());
    }
  }

  /** The seed decides the result, and nothing else does. */
  @Test
  public void sameSeed_sameResult_inAnyThread() {
    for (SamplerTask task : List.of(SamplerTask.small().get(1), SamplerTask.large())) {
      Budget budget = Budget.ofModelTokens(300).withSteps(3000);
      SamplerRun first = run(task, 10, budget, 7);
      var together =
          Stream.of(1, 2)
              .map(_ -> CompletableFuture.supplyAsync(() -> run(task, 10, budget, 7)))
              .toList();
      together.forEach(other -> assertEquals(first, other.join(), task.name()));
    }
    Set<List<SamplerRun.Draw>> results = new HashSet<>();
    for (long seed = 0; seed < 5; seed++) {
      results.add(run(SamplerTask.large(), 10, Budget.ofModelTokens(300), seed).draws());
    }
    assertEquals(usesChance(), results.size() > 1, "whether the result depends on the seed");
  }

  /** Where nothing passes, nothing is returned and the estimate is 0. */
  @Test
  public void nothingPasses_noCompletionAndAnIntervalWithZero() {
    SamplerRun run = run(SamplerTask.hopeless(), 3, Budget.UNLIMITED.withSteps(2000), 1);
    if (!keepsRejected()) {
      assertTrue(run.draws().isEmpty() && run.outcomes().isEmpty(), "a completion that fails");
    }
    assertEquals(0, run.successProbability().value());
    assertEquals(0, run.successProbability().low());
  }
}
