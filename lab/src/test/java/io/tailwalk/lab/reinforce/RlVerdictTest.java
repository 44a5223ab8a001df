package io.tailwalk.lab.reinforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.random.Streams;
import io.tailwalk.lab.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RlVerdictTest {
  private static final RlPlan PLAN = RlPlan.of(Scale.QUICK);

  /**
   * A checkpoint in numbers.
   *
   * @param task probability of the right path of the rare rule
   * @param data of the fine-tuning data
   */
  private record State(double task, double data) {}

  /** The task is first learned and then forgotten, while the data are learned throughout. */
  private static final List<State> COURSE =
      List.of(
          new State(0.2, 0.3),
          new State(0.3, 0.34),
          new State(0.45, 0.38),
          new State(0.38, 0.45),
          new State(0.25, 0.52),
          new State(0.17, 0.6),
          new State(0.12, 0.68),
          new State(0.09, 0.75),
          new State(0.06, 0.8));

  private static RlVerdict verdict(ToDoubleFunction<State> outcome) {
    List<Reinforced> all = new ArrayList<>();
    for (int c = 0; c < COURSE.size(); c++) {
      State state = COURSE.get(c);
      all.add(
          new Reinforced(
              400L * c,
              logs(state.data(), PLAN.dataPrompts(), 1),
              logs(state.task(), PLAN.heldOut(), 2),
              logs(state.task(), PLAN.problems(), 3).stream().map(Math::exp).toList(),
              logs(outcome.applyAsDouble(state), PLAN.problems(), 4L + c).stream()
                  .map(Math::exp)
                  .toList(),
              0.5));
    }
    return RlVerdict.of(PLAN, all, 5);
  }

  /** Prompts differ, in the same way under all checkpoints. */
  private static List<Double> logs(double probability, int prompts, long seed) {
    RandomGenerator random = Streams.of(seed);
    List<Double> logs = new ArrayList<>();
    for (int i = 0; i < prompts; i++) {
      logs.add(Math.min(-1e-3, Math.log(probability) + 0.3 * random.nextGaussian()));
    }
    return logs;
  }

  @Test
  void holds_outcomeFollowsTheTask_holds() {
    RlVerdict verdict = verdict(state -> 0.2 + state.task());
    assertThat(verdict.holds()).as("%s", verdict.summary()).isTrue();
    assertThat(verdict.coverage().value()).isGreaterThan(0.8);
    assertThat(verdict.crossEntropy().value()).isNegative();
  }

  @Test
  void plantedFalsehood_crossEntropyOrdersTheOutcome_fails() {
    RlVerdict verdict = verdict(State::data);
    assertThat(verdict.holds()).as("%s", verdict.summary()).isFalse();
    assertThat(verdict.crossEntropy().value()).isGreaterThan(0.9);
    assertThat(verdict.coverageOver().interval().high()).isNegative();
  }

  @Test
  void plantedFalsehood_outcomeTheSameFromEverywhere_fails() {
    RlVerdict verdict = verdict(_ -> 0.5);
    assertThat(verdict.holds()).as("%s", verdict.summary()).isFalse();
  }

  @Test
  void plan_levelAndDraws_areThoseOfTheClaim() {
    assertThat(PLAN.draws()).isEqualTo(16);
    assertThat(PLAN.level()).isEqualTo(8);
    assertThat(new RlFollowsCoverage(Scale.QUICK, 0, null).claim()).contains("Cov_8 and pass@16");
  }
}
