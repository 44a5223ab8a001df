package io.tailwalk.sampling.particle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.dyck.DyckLanguage;
import io.tailwalk.builtin.dyck.DyckProblems;
import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.builtin.tree.RandomTrees;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.sampling.Fixtures;
import io.tailwalk.sampling.Purpose;
import io.tailwalk.sampling.Resampling;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SmcParameters;
import io.tailwalk.testkit.TokenSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemsInStepTest {
  private static final int SYSTEMS = 5;
  private static final SmcParameters EIGHT = new SmcParameters(8, 0.9, Resampling.SYSTEMATIC);

  /** A run whose root is expanded, which costs no model token. */
  private static Run run(Problem problem, Budget budget) {
    var run =
        new Run(
            Fixtures.sampling(problem, Fixtures.ALL),
            RunOptions.of(1, budget, 1),
            SamplingListener.NONE);
    run.explorer().expand(new int[] {run.explorer().root(0)}, 1);
    return run;
  }

  private static ParticleSystem system(Run run, Proposal proposal, long seed, int number) {
    var chooser = new RandomChooser(Streams.of(seed, Purpose.MOVES, number));
    return ParticleSystem.free(run, proposal, EIGHT, chooser, run.explorer().root(0));
  }

  private record End(List<TokenSequence> leaves, double logMass) {}

  private static End end(Run run, ParticleSystem system) {
    return new End(
        IntStream.range(0, system.size())
            .mapToObj(i -> Fixtures.tokens(run, system.leaf(i)))
            .toList(),
        system.logMass());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void finish_severalSystems_eachIsWhatItIsAlone_andCostsWhatItCostsAfterTheOthers(long seed) {
    Problem problem = RandomTrees.of(seed).problem();
    Run alone = run(problem, Budget.UNLIMITED);
    var before = new GuidedProposal(alone.explorer());
    List<End> expected = new ArrayList<>();
    List<Cost> costs = new ArrayList<>();
    for (int i = 0; i < SYSTEMS; i++) {
      ParticleSystem system = system(alone, before, seed, i);
      assertThat(system.finish()).isTrue();
      expected.add(end(alone, system));
      costs.add(alone.explorer().meter().cost());
    }

    Run together = run(problem, Budget.UNLIMITED);
    var proposal = new GuidedProposal(together.explorer());
    var systems = new SystemsInStep(together, proposal);
    IntStream.range(0, SYSTEMS).forEach(i -> systems.add(system(together, proposal, seed, i)));
    systems.finish();

    assertThat(systems.isComplete()).isTrue();
    assertThat(systems.size()).isEqualTo(SYSTEMS);
    assertThat(systems.expansions()).isEqualTo(together.explorer().meter().nodesExpanded() - 1);
    for (int i = 0; i < SYSTEMS; i++) {
      assertThat(end(together, systems.system(i))).isEqualTo(expected.get(i));
      Cost cost = systems.costOfFirst(i + 1);
      assertThat(cost.nodesExpanded()).isEqualTo(costs.get(i).nodesExpanded());
      assertThat(cost.modelTokens()).isEqualTo(costs.get(i).modelTokens());
      assertThat(cost.steps()).isEqualTo(costs.get(i).steps());
    }
    assertThat(together.explorer().meter().modelCalls())
        .isLessThanOrEqualTo(systems.rounds() + 1)
        .isLessThan(alone.explorer().meter().modelCalls() + 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void finish_budgetCutsTheSystems_lastOnesAreGivenUp(long seed) {
    Problem problem = RandomTrees.of(seed).problem();
    Run free = run(problem, Budget.UNLIMITED);
    var first = system(free, new GuidedProposal(free.explorer()), seed, 0);
    assertThat(first.finish()).isTrue();
    long steps = free.explorer().meter().steps();

    Run limited = run(problem, Budget.UNLIMITED.withSteps(steps));
    var proposal = new GuidedProposal(limited.explorer());
    var systems = new SystemsInStep(limited, proposal);
    IntStream.range(0, SYSTEMS).forEach(i -> systems.add(system(limited, proposal, seed, i)));
    systems.finish();

    assertThat(systems.isComplete()).isFalse();
    assertThat(systems.size()).isLessThan(SYSTEMS);
    for (int i = 0; i < systems.size(); i++) {
      assertThat(systems.system(i).isDone()).isTrue();
    }
    assertThat(limited.explorer().meter().steps())
        .isLessThanOrEqualTo((long) Math.ceil(steps * Budget.HARD_LIMIT));
  }

  /** The estimate with its systems, and the calls of the model. */
  private record Result(double estimate, double counted, long calls) {}

  private static Result result(Problem problem, long tokens, boolean inStep) {
    Run run = run(problem, Budget.ofModelTokens(tokens));
    var proposal = new GuidedProposal(run.explorer());
    var systems = new IndependentSystems(run, proposal);
    systems.run(Integer.MAX_VALUE, inStep, number -> system(run, proposal, tokens, number));
    long calls = run.explorer().meter().modelCalls();
    Map<String, Double> counts = systems.result().diagnostics().counts();
    return new Result(
        Objects.requireNonNull(counts.get("own_estimate")),
        Objects.requireNonNull(counts.get("runs_in_estimate")),
        calls);
  }

  @ParameterizedTest
  @ValueSource(longs = {150, 300, 500, 700, 900, 1200, 1600})
  void run_inStep_estimateHasTheSystemsThatFitOneAfterAnother_forFewerCalls(long tokens) {
    Problem problem =
        DyckProblems.withIidError(DyckProblems.exact(new DyckLanguage(24, 6)), 0.5, 1);
    Result after = result(problem, tokens, false);
    Result inStep = result(problem, tokens, true);
    assertThat(inStep.counted()).isEqualTo(after.counted()).isPositive();
    assertThat(inStep.estimate()).isCloseTo(after.estimate(), within(1e-12 * after.estimate()));
    if (after.counted() > 8) {
      assertThat(inStep.calls()).isLessThan(after.calls() * 2 / 3);
    }
  }
}
