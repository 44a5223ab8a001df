package io.tailwalk.lab.ess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.dyck.DyckLanguage;
import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.verify.FinishReason;
import io.tailwalk.core.verify.TargetDistribution;
import io.tailwalk.runs.work.Workers;
import io.tailwalk.sampling.Completion;
import io.tailwalk.sampling.Diagnostics;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import io.tailwalk.statistics.BettingCapital;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a run is charged and given, seen with a sampler that does as it is told. */
class AccountingTest {
  private static final DyckCell CELL = new DyckCell(4, false, 0);
  private static final MidHeight HEIGHT = MidHeight.of(4);

  /** The strings ()() and (()), as token ids: their middle heights are 0 and 2. */
  private static final List<Integer> FLAT =
      List.of(
          DyckLanguage.OPEN_ROUND,
          DyckLanguage.CLOSE_ROUND,
          DyckLanguage.OPEN_ROUND,
          DyckLanguage.CLOSE_ROUND);

  private static final List<Integer> HIGH =
      List.of(
          DyckLanguage.OPEN_ROUND,
          DyckLanguage.OPEN_ROUND,
          DyckLanguage.CLOSE_ROUND,
          DyckLanguage.CLOSE_ROUND);

  /** Returns given outcomes and spends a given multiple of its budget; remembers its options. */
  private record Told(
      double nodesPerBudget,
      double tokensPerBudget,
      List<Completion> outcomes,
      List<RunOptions> seen)
      implements Sampler {
    @Override
    public String name() {
      return "told";
    }

    @Override
    public Map<String, Object> params() {
      return Map.of();
    }

    @Override
    public TargetDistribution targetDistribution() {
      return TargetDistribution.EXACT_IN_THE_LIMIT;
    }

    @Override
    public Sampling run(SamplingProblem problem, RunOptions options, SamplingListener listener) {
      seen.add(options);
      long tokens = Math.round(options.budget().modelTokens() * tokensPerBudget);
      long nodes = Math.round(options.budget().nodes() * nodesPerBudget);
      return new Sampling(
          List.of(),
          outcomes,
          Estimate.of(
              0, Double.NaN, Interval.NON_NEGATIVE, Interval.NON_NEGATIVE, 0.95, Bias.LOW, "none"),
          new BettingCapital(0.05),
          new Diagnostics(0, Map.of()),
          new Cost(0, tokens, 1, 1, nodes, 0, 0, 0, 0, 0),
          StopReason.DONE);
    }
  }

  private static Completion outcome(List<Integer> tokens, double weight) {
    return new Completion(tokens, "", List.of(), 0, FinishReason.LENGTH, weight);
  }

  private static Contender told(double nodes, double tokens, Completion... outcomes) {
    return new Contender("told", new Told(nodes, tokens, List.of(outcomes), new ArrayList<>()));
  }

  private static Trial trial(Contender contender) {
    return Trial.run(CELL, HEIGHT, contender, new Trial.Setting(100, 5, 0));
  }

  @Test
  void trial_nodesAndTokens_theLargerIsCharged() {
    assertThat(trial(told(1, 0.5)).nodes()).isEqualTo(100);
    assertThat(trial(told(0.5, 1.2)).nodes()).isEqualTo(120);
  }

  /** Heights have mean 1 and deviation 1, so a weight w on the high string errs by 2w - 1. */
  @Test
  void trial_weightedOutcomes_errorByHand() {
    Trial trial = trial(told(1, 1, outcome(FLAT, 0.25), outcome(HIGH, 0.75)));
    assertThat(trial.error()).isCloseTo(0.5, within(1e-12));
    assertThat(trial.empty()).isFalse();
    assertThat(trial(told(1, 1))).isEqualTo(new Trial(1, 100, true));
  }

  @Test
  void measure_samplerThatUsesTwiceItsBudget_isGivenHalf() {
    for (double factor : new double[] {2, 1, 0.8}) {
      Contender contender = told(factor, factor, outcome(HIGH, 1));
      try (Workers workers = new Workers(1)) {
        Measurement measured = new Bench(workers, 5, 3).measure(CELL, contender, 1000);
        assertThat(measured.trials()).hasSize(5);
        assertThat(measured.meanNodes()).isBetween(980.0, 1020.0);
        assertThat(measured.share()).isCloseTo(1, within(0.02));
      }
    }
  }

  /** The runs that find the budget are not those that are measured, and no two are the same. */
  @Test
  void measure_seeds_areAllDifferent() {
    Contender contender = told(1, 1, outcome(HIGH, 1));
    try (Workers workers = new Workers(1)) {
      new Bench(workers, 7, 3).measure(CELL, contender, 1000);
    }
    List<RunOptions> seen = ((Told) contender.sampler()).seen();
    Set<Long> seeds = new HashSet<>();
    seen.forEach(options -> seeds.add(options.seed()));
    assertThat(seeds).hasSize(24 + 7).hasSameSizeAs(seen);
  }

  /** Run i of two samplers has the same errors in its values, another run has others. */
  @Test
  void problem_ofARepeat_isTheSameForAll() {
    DyckCell rough = new DyckCell(8, false, 0.5);
    var vocabulary = rough.problem(3, 1).model().vocabulary();
    assertThat(vocabulary.size()).isGreaterThan(1);
    double first = value(rough, 1);
    assertThat(value(rough, 1)).isEqualTo(first);
    assertThat(value(rough, 2)).isNotEqualTo(first);
  }

  private static double value(DyckCell cell, int repeat) {
    var options = RunOptions.of(1, io.tailwalk.core.cost.Budget.UNLIMITED.withNodes(30), 9);
    Sampling sampling =
        io.tailwalk.lab.Problems.run(
            cell.problem(3, repeat),
            io.tailwalk.sampling.Samplers.create("action-importance", Map.of("candidates", "4")),
            options);
    return sampling.successProbability().value();
  }

  private static Measurement measured(String label, double error) {
    Contender contender =
        Contender.all(32).stream().filter(c -> c.label().equals(label)).findFirst().orElseThrow();
    List<Trial> trials = List.of(new Trial(error, 1000, false), new Trial(error, 1000, false));
    return new Measurement(contender, 1000, trials);
  }

  /** Of VGB's forms the best counts; as a rival every consistent sampler but auto. */
  @Test
  void cell_references_areTheBestOfTheirKind() {
    List<Measurement> all =
        List.of(
            measured("auto", 0.1),
            measured("vgb tours", 0.4),
            measured("vgb every-leaf", 0.3),
            measured("vgb fixed-time", 0.5),
            measured("smc", 0.2),
            measured("particle-gibbs", 0.25),
            measured("action-rejection", 0.01),
            measured("beam", 0.01));
    CellResult cell = new CellResult(CELL, all, List.of(all.getFirst()));
    assertThat(cell.vgb().contender().label()).isEqualTo("vgb every-leaf");
    assertThat(cell.rival().orElseThrow().contender().label()).isEqualTo("smc");
    assertThat(cell.ratioToRival()).isCloseTo(0.5, within(1e-12));
  }
}
