package io.tailwalk.lab.testtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.lab.Scale;
import io.tailwalk.lab.Verdict;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.train.linear.LinearProblem;
import io.tailwalk.train.linear.TestTimeDistribution;
import io.tailwalk.train.linear.TokenUpdates;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestTimeExperimentTest {
  /** Fixed seed; a right scorer is outside five standard errors once in a million seeds. */
  @Test
  void scorer_drawnResponses_agreeWithAllWrittenDown() {
    LinearProblem problem = new Setting(10, 256).problem(3);
    var scorer = new Scorer(problem, 16, 400);
    assertThat(scorer.isExact()).isTrue();
    var distribution =
        new TestTimeDistribution(
            new TokenUpdates(problem.features(), problem.domain(), 0.02), new double[64]);
    Score exact = scorer.distribution(distribution, 5);
    Score drawn = scorer.drawn(distribution, 5);
    assertThat(exact.standardError()).isZero();
    assertThat(drawn.standardError()).isBetween(1e-4, 0.02);
    assertThat(drawn.coverage())
        .isCloseTo(exact.coverage(), within(5 * drawn.standardError()))
        .isPositive();
    assertThat(drawn.kl()).isCloseTo(exact.kl(), within(0.1));
  }

  private static Setting.Run run(double coverage, double error, double rival, double kl) {
    var rivals = List.of(new Score(rival, 0, 5), new Score(0.9, 0, 5));
    var worse = List.of(new Score(0.8, 0, 5), new Score(0.9, 0, 5));
    var score = new Score(coverage, error, kl);
    return new Setting.Run(score, score, worse, rivals);
  }

  @Test
  void verdict_eachCondition_failsByItself() {
    List<Setting> settings = List.of(new Setting(10, 256), new Setting(32, 256));
    double[] rates = {0.1, 0.1};
    Setting.Run good = run(0.02, 0.01, 0.1, 0.3);
    assertThat(TestTimeVerdict.of(settings, List.of(good, good), rates).holds()).isTrue();
    Verdict uncovered =
        TestTimeVerdict.of(settings, List.of(good, run(0.02, 0.02, 0.1, 0.3)), rates);
    assertThat(uncovered.holds()).isFalse();
    assertThat(uncovered.summary().getFirst()).contains("H=32", "Cov_64 up to 0.0600");
    Verdict far = TestTimeVerdict.of(settings, List.of(run(0.02, 0.01, 0.1, 0.5), good), rates);
    assertThat(far.holds()).isFalse();
    assertThat(far.summary().getFirst()).contains("H=10", "KL 0.500");
  }

  @Test
  void scores_mean_addsVariances() {
    Score mean = Score.mean(List.of(new Score(0.1, 0.03, 1), new Score(0.3, 0.04, 2)));
    assertThat(mean.coverage()).isCloseTo(0.2, within(1e-15));
    assertThat(mean.standardError()).isCloseTo(0.025, within(1e-15));
    assertThat(mean.kl()).isCloseTo(1.5, within(1e-15));
  }

  @Test
  void run_fewAtOneAndTwoThreads_sameJson() {
    Finding one = run(1);
    assertThat(one.json()).hasToString(run(2).json().toString());
    assertThat(one.sections()).hasSize(2);
  }

  private static Finding run(int threads) {
    return new TestTimeExperiment(
            new ExperimentSettings(Scale.QUICK, 5, threads), List.of(4, 12), List.of(32), 2, 8)
        .run(Watch.NONE);
  }
}
