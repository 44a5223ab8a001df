package io.tailwalk.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.builtin.dyck.DyckLanguage;
import io.tailwalk.builtin.dyck.DyckProblems;
import io.tailwalk.builtin.problem.Classics;
import io.tailwalk.builtin.problem.LetterModel;
import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.builtin.tree.FiniteTree;
import io.tailwalk.builtin.tree.TreeNode;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.ValueFunction;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.testkit.ExactDistribution;
import io.tailwalk.testkit.TokenSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requirements on every sampler of the registry. */
class SamplersTest {
  /** They never evaluate the value and therefore cannot know that a tree is dead. */
  private static final Set<String> BLIND =
      Set.of("ancestral", "best-of-n", "outcome-rejection", "qalign", "tokenwise-backtracking");

  /** A round of a full batch may be in progress when the limit is reached. */
  private static final int ONE_ROUND = 16;

  private static final Problem DYCK =
      DyckProblems.withIidError(DyckProblems.exact(DyckLanguage.ofLength(6)), 0.5, 3);

  private static final ExactDistribution EXACT = Fixtures.exact(DYCK);

  private static final ExpansionRule BLOCKS = new ExpansionRule.Sample(8, 2);

  private static final Set<String> STOP_EARLY = Set.of("ancestral", "action-rejection");

  private static final SamplingProblem LONG =
      Fixtures.sampling(
          DyckProblems.withIidError(DyckProblems.exact(DyckLanguage.ofLength(40)), 0.3, 3),
          Fixtures.ALL);

  private record Reward(String name, ValueFunction log) implements Verifier {
    @Override
    public double logReward(Candidate complete) {
      return log.logValue(complete);
    }
  }

  private static Stream<String> names() {
    return Samplers.names().stream();
  }

  private static Sampler sampler(String name) {
    return Samplers.create(name, Map.of());
  }

  private static Sampling run(
      String name, Problem problem, ExpansionRule rule, int n, Budget budget, long seed) {
    return sampler(name)
        .run(
            Fixtures.sampling(problem, rule),
            RunOptions.of(n, budget, seed),
            SamplingListener.NONE);
  }

  @ParameterizedTest
  @MethodSource("names")
  void create_reportedParameters_giveTheSameSampler(String name) {
    Sampler sampler = sampler(name);
    Map<String, String> reported =
        sampler.params().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().toString()));
    assertThat(sampler.name()).isEqualTo(name);
    assertThat(Samplers.create(name, reported)).isEqualTo(sampler);
    assertThat(Samplers.create(name, reported).params()).isEqualTo(sampler.params());
  }

  @ParameterizedTest
  @MethodSource("names")
  void create_unknownParameter_isRefusedByName(String name) {
    assertThatThrownBy(() -> Samplers.create(name, Map.of("no_such", "1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("no_such");
  }

  @ParameterizedTest
  @MethodSource("names")
  void create_numberOutOfRange_isRefused(String name) {
    for (Map.Entry<String, Object> parameter : sampler(name).params().entrySet()) {
      if (parameter.getValue() instanceof Number) {
        assertThatThrownBy(() -> Samplers.create(name, Map.of(parameter.getKey(), "-7")))
            .as(parameter.getKey())
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("-7");
        assertThatThrownBy(() -> Samplers.create(name, Map.of(parameter.getKey(), "many")))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(parameter.getKey());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void run_draws_areCompletionsOfTheModel(String name) {
    for (ExpansionRule rule : List.of(Fixtures.ALL, BLOCKS)) {
      Sampling sampling = run(name, DYCK, rule, 12, Budget.UNLIMITED.withSteps(5000), 5);
      assertThat(sampling.draws()).isNotEmpty().hasSizeLessThanOrEqualTo(12);
      for (Completion draw : sampling.draws()) {
        var leaf = Objects.requireNonNull(EXACT.leaves().get(new TokenSequence(draw.tokenIds())));
        assertThat(draw.logProb())
            .isCloseTo(leaf.logPi(), org.assertj.core.data.Offset.offset(1e-9));
        assertThat(draw.logReward()).isEqualTo(leaf.logTau());
        assertThat(draw.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(draw.weight()).isEqualTo(1);
      }
      double shares = sampling.outcomes().stream().mapToDouble(Completion::weight).sum();
      assertThat(shares).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-9));
      assertThat(sampling.diagnostics().effectiveSampleSize()).isPositive();
      double discarded =
          sampling.diagnostics().counts().getOrDefault("discarded_tokens", Double.NaN);
      assertThat(discarded).isBetween(0.0, (double) sampling.cost().modelTokens());
    }
  }

  /**
   * Only beam search ends by itself; the distribution of the returned completions does not change.
   */
  @ParameterizedTest
  @MethodSource("names")
  void run_toTheEndOfTheBudget_usesItAndReturnsN(String name) {
    var options = RunOptions.of(2, Budget.ofModelTokens(600), 5).toTheEndOfTheBudget();
    Sampling whole = sampler(name).run(LONG, options, SamplingListener.NONE);
    assertThat(whole.draws().size()).isLessThanOrEqualTo(2);
    long used = whole.cost().modelTokens();
    if (!name.equals("beam")) {
      assertThat(used).isBetween(500L, 900L + ONE_ROUND);
    }
    if (STOP_EARLY.contains(name)) {
      RunOptions standard = RunOptions.of(2, Budget.ofModelTokens(600), 5);
      Sampling enough = sampler(name).run(LONG, standard, SamplingListener.NONE);
      assertThat(enough.cost().modelTokens()).isLessThan(used / 2);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void run_budget_isKeptWithinOneAndAHalf(String name) {
    for (ExpansionRule rule : List.of(Fixtures.ALL, BLOCKS)) {
      Cost tokens = run(name, DYCK, rule, 9999, Budget.ofModelTokens(30).withSteps(9000), 5).cost();
      assertThat(tokens.modelTokens()).isLessThanOrEqualTo(45 + ONE_ROUND);
      Cost nodes =
          run(name, DYCK, rule, 9999, Budget.UNLIMITED.withSteps(9000).withNodes(50), 5).cost();
      assertThat(nodes.nodesExpanded()).isLessThanOrEqualTo(75 + ONE_ROUND);
      Cost calls =
          run(name, DYCK, rule, 9999, Budget.UNLIMITED.withSteps(9000).withModelCalls(20), 5)
              .cost();
      assertThat(calls.modelCalls()).isLessThanOrEqualTo(30 + 2);
    }
  }

  /** No unit fits, so the cut inside a unit enforces the limit. */
  @ParameterizedTest
  @MethodSource("names")
  void run_budgetBelowOneResponse_isKeptAllTheSame(String name) {
    Cost cost = run(name, Classics.abc(60, 0), Fixtures.ALL, 9, Budget.ofModelTokens(24), 5).cost();
    assertThat(cost.modelTokens()).isLessThanOrEqualTo(36 + ONE_ROUND);
  }

  @ParameterizedTest
  @MethodSource("names")
  void run_cancelled_endsAtOnce(String name) {
    var listener =
        new SamplingListener() {
          private int progress;

          @Override
          public void onProgress(Cost cost) {
            progress++;
          }

          @Override
          public boolean cancelled() {
            return progress >= 3;
          }
        };
    Sampling sampling =
        sampler(name)
            .run(
                Fixtures.sampling(DYCK, Fixtures.ALL),
                RunOptions.of(1_000_000, Budget.UNLIMITED, 1),
                listener);
    assertThat(sampling.stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(sampling.cost().steps()).isLessThan(100_000);
  }

  @ParameterizedTest
  @MethodSource("names")
  void run_valueZeroEverywhere_isDeadAndEmpty(String name) {
    Problem dead =
        new Problem(
            "dead",
            LetterModel.uniform("test", "ab"),
            Prompt.text(""),
            _ -> Double.NEGATIVE_INFINITY,
            new Reward("nothing", _ -> Double.NEGATIVE_INFINITY),
            4);
    for (ExpansionRule rule : List.of(Fixtures.ALL, BLOCKS)) {
      Sampling sampling = run(name, dead, rule, 3, Budget.UNLIMITED.withSteps(500), 1);
      if (!name.equals("ancestral")) {
        assertThat(sampling.draws()).isEmpty();
        assertThat(sampling.outcomes()).isEmpty();
      }
      if (!BLIND.contains(name)) {
        assertThat(sampling.stopReason()).isEqualTo(StopReason.DEAD);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void run_rewardZeroEverywhere_givesNothingAndNoNaN(String name) {
    Problem barren =
        new Problem(
            "barren",
            LetterModel.uniform("test", "ab"),
            Prompt.text(""),
            ValueFunction.ONE,
            new Reward("nothing", _ -> Double.NEGATIVE_INFINITY),
            4);
    for (ExpansionRule rule : List.of(Fixtures.ALL, BLOCKS)) {
      Sampling sampling = run(name, barren, rule, 3, Budget.UNLIMITED.withSteps(2000), 1);
      if (!name.equals("ancestral")) {
        assertThat(sampling.draws()).isEmpty();
        assertThat(sampling.outcomes()).isEmpty();
        assertThat(sampling.diagnostics().effectiveSampleSize()).isZero();
      }
      Estimate z = sampling.successProbability();
      assertThat(z.value()).isZero();
      assertThat(z.low()).isZero();
      // Only a completely known tree shows that there is no response.
      assertThat(z.high() > 0).isEqualTo(z.level() < 1);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void run_withoutStepLimitOnAKnownTree_ends(String name) {
    FiniteTree oneLeaf = oneLeaf();
    if (!name.startsWith("vgb")) {
      Sampling sampling =
          run(name, oneLeaf.problem(), Fixtures.ALL, 5, Budget.ofModelTokens(1000), 1);
      assertThat(sampling.stopReason()).isIn(StopReason.DONE, StopReason.STEPS);
    }
  }

  private static FiniteTree oneLeaf() {
    return FiniteTree.of(
        "one leaf",
        List.of(
            TreeNode.root("r"),
            TreeNode.inner("a", "r", 1, 0.7),
            TreeNode.inner("b", "a", 1, 0.2),
            TreeNode.leaf("c", "b", 1, 0.5)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void run_treeOfOneLeaf_findsItAndItsMass(String name) {
    Sampling sampling =
        run(name, oneLeaf().problem(), Fixtures.ALL, 2, Budget.UNLIMITED.withSteps(2000), 1);
    assertThat(sampling.draws()).hasSizeBetween(1, 2);
    assertThat(sampling.outcomes()).hasSize(1);
    assertThat(sampling.outcomes().getFirst().weight()).isEqualTo(1);
    Estimate z = sampling.successProbability();
    assertThat(z.low()).isLessThanOrEqualTo(0.5 + 1e-9);
    assertThat(z.high()).isGreaterThanOrEqualTo(0.5 - 1e-9);
  }

  @ParameterizedTest
  @MethodSource("names")
  void run_stopString_endsTheResponseAndIsNoPartOfIt(String name) {
    var stopped =
        new Reward(
            "stopped",
            c ->
                c.finishReason().orElseThrow() == FinishReason.STOP ? 0 : Double.NEGATIVE_INFINITY);
    Problem problem =
        new Problem(
            "stop",
            LetterModel.uniform("test", "ab"),
            Prompt.text(""),
            ValueFunction.ONE,
            stopped,
            4);
    for (ExpansionRule rule : List.of(Fixtures.ALL, BLOCKS)) {
      Sampling sampling =
          sampler(name)
              .run(
                  Fixtures.sampling(problem, rule, "ab"),
                  RunOptions.of(40, Budget.UNLIMITED.withSteps(20_000), 2),
                  SamplingListener.NONE);
      assertThat(sampling.draws()).isNotEmpty();
      for (Completion draw : sampling.draws()) {
        boolean ended = draw.finishReason() == FinishReason.STOP;
        assertThat(draw.text()).doesNotContain("ab");
        assertThat(ended).isEqualTo(draw.tokenIds().size() > draw.text().length());
        assertThat(ended || name.equals("ancestral")).isTrue();
      }
      // Without "ab" are b...ba...a, five of sixteen strings.
      Estimate z = sampling.successProbability();
      assertThat(11.0 / 16).isBetween(z.low() * 0.9, z.high() * 1.1);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void run_listener_hearsOfEveryOutcomeAndOfGrowingCost(String name) {
    List<Cost> costs = new ArrayList<>();
    List<TokenSequence> heard = new ArrayList<>();
    var listener =
        new SamplingListener() {
          @Override
          public void onProgress(Cost cost) {
            costs.add(cost);
          }

          @Override
          public void onCompletion(Completion completion) {
            heard.add(new TokenSequence(completion.tokenIds()));
          }
        };
    Sampling sampling =
        sampler(name)
            .run(
                Fixtures.sampling(DYCK, Fixtures.ALL),
                RunOptions.of(8, Budget.UNLIMITED.withSteps(3000), 1),
                listener);
    assertThat(costs).isNotEmpty();
    for (int i = 1; i < costs.size(); i++) {
      assertThat(costs.get(i).steps()).isGreaterThanOrEqualTo(costs.get(i - 1).steps());
    }
    assertThat(heard).containsAll(Fixtures.counts(sampling.draws()).keySet());
  }

  @ParameterizedTest
  @MethodSource("names")
  void run_sameSeed_isTheSameAlsoInTwoThreads(String name) {
    for (ExpansionRule rule : List.of(Fixtures.ALL, BLOCKS)) {
      Budget budget = Budget.ofModelTokens(1500).withSteps(5_000);
      Sampling first = run(name, DYCK, rule, 10, budget, 7);
      var together =
          Stream.of(1, 2)
              .map(_ -> CompletableFuture.supplyAsync(() -> run(name, DYCK, rule, 10, budget, 7)))
              .toList();
      together.forEach(future -> assertThat(future.join()).isEqualTo(first));
      boolean chance = !(name.equals("beam") && rule.equals(Fixtures.ALL));
      assertThat(run(name, DYCK, rule, 10, budget, 8).equals(first)).isEqualTo(!chance);
    }
  }

  @Test
  void create_unknownName_listsTheKnown() {
    assertThatThrownBy(() -> Samplers.create("magic", Map.of()))
        .hasMessageContaining("magic")
        .hasMessageContaining("vgb-momentum");
  }

  @Test
  void create_unknownChoice_listsTheChoices() {
    assertThatThrownBy(() -> Samplers.create("smc", Map.of("resampling", "wheel")))
        .hasMessageContaining("multinomial, residual, stratified, systematic")
        .hasMessageContaining("wheel");
  }
}
