package io.tailwalk.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.builtin.tree.FiniteTree;
import io.tailwalk.builtin.tree.RandomTrees;
import io.tailwalk.builtin.tree.TreeNode;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.model.Capabilities;
import io.tailwalk.core.model.Capability;
import io.tailwalk.core.model.Continuation;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelUsage;
import io.tailwalk.core.model.TopTokens;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.sampling.estimate.Evidence;
import io.tailwalk.testkit.ExactDistribution;
import io.tailwalk.testkit.StatisticalAssertions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Samplers on models that draw themselves and show no distributions, against exact distributions.
 * Each assertion fails by chance with probability at most 1e-6; seeds are fixed.
 */
class DrawnTreesTest {
  private static final double FALSE_ALARM = 1e-6;
  private static final int RUNS = 150;
  private static final int ROUNDS = 120;
  private static final ExpansionRule SAMPLED = new ExpansionRule.Sample(3, 1);
  private static final ExpansionRule BLOCKS = new ExpansionRule.Sample(4, 2);

  private static final ExpansionRule HEAD = new ExpansionRule.HeadAndTail(1, 2);
  private static final ExpansionRule LONG_HEAD = new ExpansionRule.HeadAndTail(2, 1);

  private static final int MOST_MISSES =
      BinomialDistribution.of(ROUNDS, 0.05).inverseSurvivalProbability(1e-6);

  /** Trees whose target the model reaches by its own draws. */
  private static final List<FiniteTree> TREES =
      IntStream.range(0, 50)
          .mapToObj(seed -> RandomTrees.of(seed))
          .filter(tree -> hidden(Fixtures.exact(tree.problem())) < 1e-6)
          .limit(20)
          .toList();

  private static double hidden(ExactDistribution exact) {
    return exact.leaves().values().stream()
        .filter(leaf -> leaf.logPi() < Math.log(0.003))
        .mapToDouble(leaf -> Math.exp(leaf.logPi() + leaf.logTau() - exact.logZ()))
        .sum();
  }

  private static final Map<String, String> PARTICLES =
      Map.of("particles", "5", "runs", "2", "interval_share", "0");

  private static Stream<Arguments> weighted() {
    Map<String, String> descents = Map.of("candidates", "20", "interval_share", "0");
    Map<String, String> tours = Map.of("tours", "20", "interval_share", "0");
    return Stream.of(
        Arguments.of("action-importance", descents, SAMPLED),
        Arguments.of("action-importance", descents, BLOCKS),
        Arguments.of("action-importance", descents, HEAD),
        Arguments.of("smc", PARTICLES, HEAD),
        Arguments.of("smc", PARTICLES, LONG_HEAD),
        Arguments.of("vgb", tours, LONG_HEAD),
        Arguments.of("vgb-momentum", tours, HEAD),
        Arguments.of("smc", PARTICLES, SAMPLED),
        Arguments.of("smc", PARTICLES, BLOCKS),
        Arguments.of("vgb", tours, SAMPLED),
        Arguments.of("vgb-momentum", tours, SAMPLED),
        Arguments.of("vgb-momentum", tours, BLOCKS));
  }

  /** The same estimates as with distributions: unbiased over the draw of trees. */
  @ParameterizedTest
  @MethodSource("weighted")
  void run_modelThatDraws_massIsUnbiased(
      String name, Map<String, String> parameters, ExpansionRule rule) {
    assertThat(TREES.size()).isGreaterThan(15);
    int random = 0;
    for (FiniteTree tree : TREES) {
      double[] masses = masses(name, parameters, tree, rule, context -> context);
      double z = Fixtures.exact(tree.problem()).z();
      if (Arrays.stream(masses).allMatch(mass -> Math.abs(mass - z) <= 1e-12 * z)) {
        // The head is all of this tree.
        continue;
      }
      StatisticalAssertions.at(FALSE_ALARM).mean(masses, z);
      random++;
    }
    assertThat(random).isGreaterThan(TREES.size() / 2);
  }

  private interface Wrap {
    ModelContext on(ModelContext context);
  }

  private static double[] masses(
      String name, Map<String, String> parameters, FiniteTree tree, ExpansionRule rule, Wrap wrap) {
    double[] masses = new double[RUNS];
    for (int r = 0; r < RUNS; r++) {
      SamplingProblem problem = Fixtures.drawing(tree.problem(), rule);
      var wrapped =
          new SamplingProblem(
              problem.prompt(),
              problem.vocabulary(),
              wrap.on(problem.context()),
              problem.verifier(),
              problem.value(),
              rule,
              problem.maxTokens(),
              problem.stop());
      Sampling sampling =
          Samplers.create(name, parameters)
              .run(
                  wrapped,
                  RunOptions.of(1, Budget.UNLIMITED.withSteps(20_000), r),
                  SamplingListener.NONE);
      masses[r] = sampling.diagnostics().counts().getOrDefault(Evidence.OWN_ESTIMATE, 0.0);
    }
    return masses;
  }

  /** Planted: the listed probabilities are divided by their sum, and the tail is added to them. */
  @Test
  void run_renormalisedHead_isCaught() {
    int caught = 0;
    for (FiniteTree tree : TREES) {
      double[] masses = masses("smc", PARTICLES, tree, HEAD, Renormalised::new);
      try {
        StatisticalAssertions.at(FALSE_ALARM).mean(masses, Fixtures.exact(tree.problem()).z());
      } catch (AssertionError expected) {
        caught++;
      }
    }
    assertThat(caught).isGreaterThan(TREES.size() / 2);
  }

  /** Lists probabilities that add up to 1. */
  private record Renormalised(ModelContext base) implements ModelContext {
    @Override
    public List<TopTokens> top(int[][] prefixes, int most) {
      return base.top(prefixes, most).stream()
          .map(top -> {
            double sum = Arrays.stream(top.logProbs()).map(Math::exp).sum();
            return new TopTokens(
                top.tokenIds(),
                Arrays.stream(top.logProbs()).map(x -> Math.min(0, x - Math.log(sum))).toArray(),
                top.vocabularySize());
          })
          .toList();
    }

    @Override
    public Capabilities capabilities() {
      return base.capabilities();
    }

    @Override
    public LogProbs[] next(int[][] prefixes) {
      return base.next(prefixes);
    }

    @Override
    public List<Continuation> draw(List<Continuation.Request> requests) {
      return base.draw(requests);
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

  /** Planted: one seed for every draw of a run, as a client with a fixed seed would send. */
  @Test
  void run_oneSeedForAllDraws_isCaught() {
    int caught = 0;
    for (FiniteTree tree : TREES) {
      double[] masses =
          masses(
              "smc",
              PARTICLES,
              tree,
              BLOCKS,
              context ->
                  new Changed(context, r -> new Continuation.Request(r.prefix(), r.tokens(), 7)));
      try {
        StatisticalAssertions.at(FALSE_ALARM).mean(masses, Fixtures.exact(tree.problem()).z());
      } catch (AssertionError expected) {
        caught++;
      }
    }
    assertThat(caught).isGreaterThan(TREES.size() / 4);
  }

  @Test
  void outcomeRejection_modelThatDraws_followsTheTarget() {
    int tested = 0;
    for (FiniteTree tree : TREES) {
      ExactDistribution exact = Fixtures.exact(tree.problem());
      double tauMax =
          tree.nodes().stream().mapToDouble(v -> v.tau()).filter(t -> t >= 0).max().orElseThrow();
      if (exact.z() / tauMax > 0.2) {
        Sampling sampling =
            Samplers.create("outcome-rejection", Map.of("tau_max", String.valueOf(tauMax)))
                .run(
                    Fixtures.drawing(tree.problem(), SAMPLED),
                    RunOptions.of(600, Budget.UNLIMITED.withSteps(20_000), 3),
                    SamplingListener.NONE);
        assertThat(sampling.draws()).hasSize(600);
        StatisticalAssertions.at(FALSE_ALARM)
            .counts(exact.target(), Fixtures.counts(sampling.draws()));
        tested++;
      }
    }
    assertThat(tested).isGreaterThan(10);
  }

  private static List<String> names() {
    return Samplers.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void run_modelThatDraws_claimsNoMoreThanIsKnown(String name) {
    Sampler sampler = Samplers.create(name, parameters(name));
    if (sampler.needs(SAMPLED).contains(Capability.DISTRIBUTION)) {
      assertThatThrownBy(() -> round(sampler, 0)).isInstanceOf(ModelException.class);
      return;
    }
    int misses = 0;
    for (int round = 0; round < ROUNDS; round++) {
      FiniteTree tree = TREES.get(round % TREES.size());
      double z = Fixtures.exact(tree.problem()).z();
      Estimate estimate = round(sampler, round).successProbability();
      String what = name + " on " + tree.name() + ", round " + round + ": " + estimate;
      assertThat(holds(estimate.certain(), z)).as(what).isTrue();
      assertThat(estimate.isExact() || estimate.interval().width() > 0).as(what).isTrue();
      misses += holds(estimate.interval(), z) ? 0 : 1;
    }
    assertThat(misses).isLessThanOrEqualTo(MOST_MISSES);
  }

  private static Sampling round(Sampler sampler, int round) {
    ExpansionRule rule = List.of(SAMPLED, BLOCKS, HEAD, LONG_HEAD).get(round / 4 % 4);
    long budget = new long[] {4, 15, 60, 300}[round % 4];
    return sampler.run(
        Fixtures.drawing(TREES.get(round % TREES.size()).problem(), rule),
        RunOptions.of(
            1 + round % 4, Budget.ofModelTokens(budget).withSteps(8 * budget), 100 + round),
        SamplingListener.NONE);
  }

  private static Map<String, String> parameters(String name) {
    return switch (name) {
      case "outcome-rejection" -> Map.of("tau_max", "150");
      default -> Map.of();
    };
  }

  /** Where draws are free, copies of the tree neither go on for long nor are judged again. */
  @ParameterizedTest
  @ValueSource(strings = {"smc", "auto", "action-importance", "vgb-momentum"})
  void run_freeDraws_judgesEveryResponseOnce(String name) {
    SamplingProblem problem = Fixtures.sampling(PASSING.problem(), SAMPLED);
    Sampling sampling =
        Samplers.create(name, Map.of())
            .run(problem, RunOptions.of(1, Budget.ofModelTokens(50), 1), SamplingListener.NONE);
    assertThat(sampling.cost().verifierCalls()).isLessThanOrEqualTo(16);
    assertThat(sampling.draws()).isNotEmpty();
  }

  private static boolean holds(Interval interval, double z) {
    return interval.low() <= z * (1 + 1e-9) && z <= interval.high() * (1 + 1e-9);
  }

  /** Eight first tokens, two second ones each; every response passes. */
  private static final FiniteTree PASSING =
      FiniteTree.of(
          "passing",
          Stream.concat(
                  Stream.of(TreeNode.root("r")),
                  IntStream.range(0, 8)
                      .boxed()
                      .flatMap(i ->
                          Stream.of(
                              TreeNode.inner("a" + i, "r", 0.125, 1),
                              TreeNode.leaf("b" + i, "a" + i, 0.5, 1),
                              TreeNode.leaf("c" + i, "a" + i, 0.5, 1))))
              .toList());

  /** Samplers that return nothing where the budget is too small for one particle system. */
  private static final Set<String> SYSTEMS = Set.of("smc", "smc-lookahead", "particle-gibbs");

  private static Stream<Arguments> smallBudgets() {
    return Samplers.names().stream()
        .filter(name -> !name.equals("tokenwise-backtracking"))
        .flatMap(name ->
            Stream.of(
                Arguments.of(name, new ExpansionRule.Sample(4, 1), 60L),
                Arguments.of(name, new ExpansionRule.Sample(4, 1), 24L),
                Arguments.of(name, new ExpansionRule.HeadAndTail(5, 8), 40L),
                Arguments.of(name, new ExpansionRule.Sample(16, 2), 64L)));
  }

  /**
   * A budget that pays for two paths finds a response where all pass, and is not exceeded by more
   * than half, whatever the number of copies, walks or particles is by default.
   */
  @ParameterizedTest
  @MethodSource("smallBudgets")
  void run_smallBudget_isKeptAndEnough(String name, ExpansionRule rule, long budget) {
    for (int seed = 0; seed < 20; seed++) {
      Map<String, String> bound =
          name.equals("outcome-rejection") ? Map.of("tau_max", "1") : Map.of();
      Sampling sampling =
          Samplers.create(name, bound)
              .run(
                  Fixtures.drawing(PASSING.problem(), rule),
                  RunOptions.of(1, Budget.ofModelTokens(budget).withSteps(5000), seed),
                  SamplingListener.NONE);
      assertThat(sampling.cost().modelTokens())
          .as("seed " + seed)
          .isLessThanOrEqualTo((long) (Budget.HARD_LIMIT * budget));
      assertThat(!sampling.draws().isEmpty() || SYSTEMS.contains(name)).as("seed " + seed).isTrue();
    }
  }

  /** What samplers need of a model, and what they are told that it lacks. */
  @ParameterizedTest
  @MethodSource("names")
  void missing_capabilitySets_namesWhatWorks(String name) {
    Sampler sampler = Samplers.create(name, parameters(name));
    boolean plain = List.of("ancestral", "best-of-n", "outcome-rejection").contains(name);
    boolean distributions = name.equals("tokenwise-backtracking");
    var draws = capabilities(Set.of(Capability.DRAW, Capability.SCORE), 0);
    var lists = capabilities(Set.of(Capability.DRAW, Capability.TOP_K), 2);
    assertThat(SamplerNeeds.missing(sampler, HEAD, Capabilities.COMPUTED)).isEmpty();
    assertThat(SamplerNeeds.missing(sampler, HEAD, lists).isEmpty()).isEqualTo(!distributions);
    assertThat(SamplerNeeds.missing(sampler, SAMPLED, draws).isEmpty()).isEqualTo(!distributions);
    var tooLong = new ExpansionRule.HeadAndTail(3, 1);
    if (plain) {
      assertThat(SamplerNeeds.missing(sampler, tooLong, draws)).isEmpty();
    } else if (distributions) {
      assertThat(SamplerNeeds.missing(sampler, HEAD, lists).orElseThrow())
          .contains("needs the distribution of the next token")
          .contains("use one of action-importance");
    } else {
      assertThat(SamplerNeeds.missing(sampler, HEAD, draws).orElseThrow())
          .isEqualTo(
              name
                  + " needs the most probable next tokens and draws if children are a head and a"
                  + " tail, and this model gives draws, the log-probabilities of given tokens only;"
                  + " let children be drawn");
      assertThat(SamplerNeeds.missing(sampler, tooLong, lists).orElseThrow())
          .isEqualTo(
              "the head of a prefix has more tokens than this model lists, 2; ask for at most 2");
    }
  }

  private static Capabilities capabilities(Set<Capability> direct, int mostTop) {
    return new Capabilities(
        direct, Capabilities.LogProbKind.RAW, Capabilities.SeedUse.STRICT, mostTop);
  }

  /** Complete responses of unknown probability, as a server shows them that has texts only. */
  @ParameterizedTest
  @MethodSource("names")
  void run_responsesOnly_plainDrawsClaimNoMoreThanTheyShow(String name) {
    Sampler sampler = Samplers.create(name, parameters(name));
    boolean plain = List.of("ancestral", "best-of-n", "outcome-rejection").contains(name);
    assertThat(RESPONSES.can(sampler.needs(SAMPLED))).isEqualTo(plain);
    if (!plain) {
      assertThat(SamplerNeeds.missing(sampler, SAMPLED, RESPONSES).orElseThrow())
          .contains("complete responses only; use one of ancestral, best-of-n, outcome-rejection");
      return;
    }
    int misses = 0;
    for (int round = 0; round < ROUNDS; round++) {
      FiniteTree tree = TREES.get(round % TREES.size());
      double z = Fixtures.exact(tree.problem()).z();
      SamplingProblem problem = Fixtures.drawing(tree.problem(), SAMPLED);
      var responses =
          new SamplingProblem(
              problem.prompt(),
              problem.vocabulary(),
              new Responses(problem.context()),
              problem.verifier(),
              problem.value(),
              SAMPLED,
              problem.maxTokens(),
              problem.stop());
      Sampling sampling =
          sampler.run(
              responses,
              RunOptions.of(1 + round % 4, Budget.ofModelTokens(300).withSteps(2400), 100 + round),
              SamplingListener.NONE);
      assertThat(sampling.successProbability().certain().low()).isZero();
      assertThat(holds(sampling.successProbability().certain(), z)).isTrue();
      misses += holds(sampling.successProbability().interval(), z) ? 0 : 1;
      sampling.draws().forEach(draw -> assertThat(draw.logProb()).isNaN());
    }
    assertThat(misses).isLessThanOrEqualTo(MOST_MISSES);
  }

  private static final Capabilities RESPONSES =
      new Capabilities(
          Set.of(Capability.RESPONSE),
          Capabilities.LogProbKind.UNKNOWN,
          Capabilities.SeedUse.STRICT);

  /** Refuses what continues a prefix, and hides log-probabilities. */
  private record Responses(ModelContext base) implements ModelContext {
    @Override
    public Capabilities capabilities() {
      return RESPONSES;
    }

    @Override
    public LogProbs[] next(int[][] prefixes) {
      throw new ModelException("this model shows no distributions");
    }

    @Override
    public List<Continuation> draw(List<Continuation.Request> requests) {
      requests.forEach(request -> assertThat(request.prefix()).isEmpty());
      return base.draw(requests).stream()
          .map(drawn -> {
            double[] unknown = new double[drawn.tokenIds().length];
            Arrays.fill(unknown, Double.NaN);
            return new Continuation(drawn.tokenIds(), unknown);
          })
          .toList();
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

  /** No seed twice, and the children of a node do not depend on when it is visited. */
  @Test
  void draw_seeds_areDistinctAndRepeatable() {
    Set<Long> seeds = new HashSet<>();
    List<List<Long>> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      List<Long> asked = new ArrayList<>();
      SamplingProblem problem = Fixtures.drawing(TREES.getFirst().problem(), SAMPLED);
      var watched =
          new SamplingProblem(
              problem.prompt(),
              problem.vocabulary(),
              new Changed(
                  problem.context(),
                  request -> {
                    asked.add(request.seed());
                    return request;
                  }),
              problem.verifier(),
              problem.value(),
              SAMPLED,
              problem.maxTokens(),
              problem.stop());
      Samplers.create("vgb", Map.of("tours", "10"))
          .run(watched, RunOptions.of(2, Budget.UNLIMITED, 5), SamplingListener.NONE);
      runs.add(asked);
      seeds.addAll(asked);
    }
    assertThat(runs.getFirst()).isNotEmpty().isEqualTo(runs.getLast());
    assertThat(seeds).hasSameSizeAs(runs.getFirst());
  }

  /** Sends other requests than it is asked. */
  private record Changed(ModelContext base, UnaryOperator<Continuation.Request> change)
      implements ModelContext {
    @Override
    public Capabilities capabilities() {
      return base.capabilities();
    }

    @Override
    public LogProbs[] next(int[][] prefixes) {
      return base.next(prefixes);
    }

    @Override
    public List<Continuation> draw(List<Continuation.Request> requests) {
      return base.draw(requests.stream().map(change).toList());
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
}
