package io.tailwalk.runs.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.train.run.DrawnRewards;
import io.tailwalk.train.run.StepReport;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LearningSignalTest {
  private static LearningSignal drawn(double... mixedGroups) {
    var signal = new LearningSignal();
    for (int i = 0; i < mixedGroups.length; i++) {
      signal.add(
          new StepReport(
              i + 1,
              0.5,
              mixedGroups[i],
              0.1,
              8,
              Optional.of(new DrawnRewards(0, mixedGroups[i], 0))));
    }
    return signal;
  }

  private static LearningSignal given(double... gradientNorms) {
    var signal = new LearningSignal();
    for (int i = 0; i < gradientNorms.length; i++) {
      signal.add(new StepReport(i + 1, 0.5, gradientNorms[i], 0.1, 8, Optional.empty()));
    }
    return signal;
  }

  @Test
  void equalRewardsThroughout_areTold() {
    assertThat(drawn(0, 0, 0).warnings())
        .singleElement()
        .asString()
        .contains("in all of the 3 steps", "equal rewards");
    assertThat(drawn(0, 0.25, 0).warnings()).isEmpty();
  }

  @Test
  void vanishedGradients_areToldFromTheFirst() {
    assertThat(given(9, 0, 0, 0).warnings())
        .singleElement()
        .asString()
        .contains("from step 2 on every gradient is exactly 0");
    assertThat(given(9, 0, 0, 1).warnings()).isEmpty();
    assertThat(given(9, 1, 0).warnings()).isEmpty();
    assertThat(new LearningSignal().warnings()).isEmpty();
  }
}
