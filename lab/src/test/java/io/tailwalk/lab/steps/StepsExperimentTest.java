package io.tailwalk.lab.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.lab.Scale;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.train.linear.SequenceTraining;
import io.tailwalk.train.linear.UpdateRule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepsExperimentTest {
  private static final List<Setting> BY_HORIZON =
      List.of(new Setting(64, 4096), new Setting(128, 4096), new Setting(256, 4096));
  private static final List<Setting> BY_LENGTH =
      List.of(new Setting(256, 4096), new Setting(256, 8192), new Setting(256, 16_384));

  @Test
  void floor_byHand() {
    assertThat(new Setting(256, 4096).floor()).isCloseTo(1 / (16 * Math.log(8)), within(1e-15));
    assertThat(new Setting(4096, 16).floor()).isEqualTo(1);
  }

  /** Batches of 8 take an eighth of the steps, so that all see the same number of sequences. */
  @Test
  void methods_training_seesTheSameNumberOfSequences() {
    for (Method method : Method.values()) {
      SequenceTraining training =
          method.training(new Setting(16, 64).problem(), 0.25, 64, Setting.LEVEL);
      assertThat(training.steps() * training.batch()).isEqualTo(64);
      assertThat(training.rule().scaled(2)).isNotEqualTo(training.rule());
    }
    assertThat(Method.SGD.training(new Setting(16, 64).problem(), 0.25, 64, 8).rule())
        .isEqualTo(new UpdateRule.Sgd(0.25));
    var setting = new Setting(16, 64);
    double first = 16 / setting.problem().featureBound();
    assertThat(Method.SGD.grid(setting)).startsWith(first, first / 2).hasSize(21);
  }

  /** {@code T = 64 / 8} steps, {@code N = 8}. */
  @Test
  void theory_stepAndLambda_thoseOfTheProof() {
    var setting = new Setting(16, 64);
    double eta = 1 / (128 * setting.problem().featureBound());
    assertThat(Method.THEORY.grid(setting)).containsExactly(eta);
    assertThat(Method.THEORY.training(setting.problem(), eta, 64, 8).rule())
        .isEqualTo(new UpdateRule.NormalizedSgd(eta, Math.log(8) / (16 * eta)));
  }

  /** Rows of three step sizes, the best in the middle unless told. */
  private static Outcomes outcomes(
      List<Setting> settings, double constant, double others, boolean inside) {
    Map<Method, double[][]> coverage = new EnumMap<>(Method.class);
    for (Method method : Method.values()) {
      double[][] rows = new double[settings.size()][];
      for (int i = 0; i < rows.length; i++) {
        double best = method == Method.SGD ? constant * settings.get(i).floor() : others;
        rows[i] = inside ? new double[] {0.5, best, 0.6} : new double[] {best, 0.5, 0.6};
      }
      coverage.put(method, rows);
    }
    return new Outcomes(settings, coverage);
  }

  private static List<String> failures(Outcomes overH, Outcomes overT) {
    var verdict = StepsVerdict.of(overH, overT);
    List<String> failures =
        new ArrayList<>(
            verdict.summary().stream().filter(line -> line.startsWith("fails")).toList());
    assertThat(verdict.holds()).isEqualTo(failures.isEmpty());
    return failures;
  }

  @Test
  void verdict_eachCondition_failsByItself() {
    Outcomes overH = outcomes(BY_HORIZON, 0.5, 0.001, true);
    Outcomes overT = outcomes(BY_LENGTH, 0.5, 0.001, true);
    assertThat(failures(overH, overT)).isEmpty();
    assertThat(failures(overH, outcomes(BY_LENGTH, 0.2, 0.001, true)))
        .singleElement()
        .asString()
        .contains("0.20 min");
    assertThat(failures(outcomes(BY_HORIZON, 0.5, 0.001, false), overT))
        .singleElement()
        .asString()
        .contains("inside the grid");
    assertThat(failures(outcomes(BY_HORIZON, 0.5, 0.004, true), overT)).hasSize(3);
    Outcomes flat = outcomes(BY_HORIZON.reversed(), 0.5, 0.001, true);
    assertThat(failures(new Outcomes(BY_HORIZON, flat.coverage()), overT))
        .anyMatch(line -> line.contains("H^-1.00"));
  }

  /** One step for all is not the best of each. */
  @Test
  void outcomes_commonStep_isTheOneWhoseWorstSettingIsBest() {
    Map<Method, double[][]> coverage =
        Map.of(Method.ADAM, new double[][] {{0.1, 0.2, 0.9}, {0.9, 0.3, 0.1}});
    var outcomes = new Outcomes(BY_HORIZON.subList(0, 2), coverage);
    assertThat(outcomes.best(Method.ADAM)).containsExactly(0.1, 0.1);
    assertThat(outcomes.commonStep(Method.ADAM)).isEqualTo(1);
    assertThat(outcomes.common(Method.ADAM)).containsExactly(0.2, 0.3);
  }

  @Test
  void run_fewAtOneAndTwoThreads_sameJson() {
    Finding one = run(1);
    assertThat(one.json()).hasToString(run(2).json().toString());
    assertThat(one.sections()).hasSize(4);
  }

  private static Finding run(int threads) {
    return new StepsExperiment(
            new ExperimentSettings(Scale.QUICK, 5, threads), List.of(16, 32), List.of(64, 128), 2)
        .run(Watch.NONE);
  }
}
