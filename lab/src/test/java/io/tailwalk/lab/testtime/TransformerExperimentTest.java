package io.tailwalk.lab.testtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.random.Streams;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.lab.Scale;
import io.tailwalk.lab.Verdict;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.train.data.Example;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransformerExperimentTest {
  private static Course course(
      double rate, double regret, double without, double with, double klWithout, double klWith) {
    return new Course(rate, regret, new Score(without, 0, klWithout), new Score(with, 0, klWith));
  }

  /** KL at every rate, coverage in the mean over the rates. */
  @Test
  void verdict_eachCondition_failsByItself() {
    Course slow = course(0.003, 2, 0.2, 0.1, 0.5, 0.1);
    assertThat(holds(slow, course(0.01, 1, 0.1, 0.15, 0.4, 0.3))).isTrue();
    assertThat(holds(slow, course(0.01, 1, 0.1, 0.2, 0.4, 0.3))).isFalse();
    assertThat(holds(slow, course(0.01, 1, 0.1, 0.05, 0.4, 0.4))).isFalse();
    assertThat(holds(course(0.01, 1, 0, 0, 0.4, 0.3))).isFalse();
  }

  private static boolean holds(Course... courses) {
    Verdict verdict = TransformerVerdict.of(List.of(courses));
    boolean fails = verdict.summary().stream().anyMatch(line -> line.startsWith("fails"));
    assertThat(verdict.holds()).isEqualTo(!fails);
    return verdict.holds();
  }

  @Test
  void task_frequenciesAndLogProb_byHand() {
    var task = new SkillTask(2, 3, 0.9, 4);
    assertThat(task.weight(0)).isCloseTo(2 / 3.0, within(1e-15));
    Example drawn = task.drawFor(1, Streams.of(1));
    assertThat(drawn.prompt()).containsExactly(3);
    double sum = 0;
    for (int code = 0; code < 8; code++) {
      int[] letters = {code & 1, code >> 1 & 1, code >> 2};
      sum += Math.exp(task.logProb(new Example(new int[] {3}, letters)));
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
  }

  /** Without updates at test time, called updates, nothing improves and the verdict fails. */
  @Test
  void run_updatesLeftOut_failsTheVerdict() {
    Finding left = run(0);
    assertThat(left.holds()).isFalse();
    assertThat(left.json()).hasToString(run(0).json().toString());
    assertThat(left.sections()).hasSize(2);
  }

  private static Finding run(double factor) {
    return new TransformerExperiment(
            new ExperimentSettings(Scale.QUICK, 100, 1), List.of(0.01, 0.03), 4, 8, 2, factor)
        .run(Watch.NONE);
  }
}
