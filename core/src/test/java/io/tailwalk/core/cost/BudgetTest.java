package io.tailwalk.core.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ModelUsage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BudgetTest {

  @Test
  void reached_eachLimit_isNamed() {
    long[] now = {0};
    var meter = new CostMeter(() -> now[0]);
    Budget budget = new Budget(100, 10, 50, 1000, Duration.ofSeconds(2).toNanos(), 5000);
    assertThat(budget.reached(meter, 0)).isEmpty();
    assertThat(budget.reached(meter, 5000)).contains(StopReason.MEMORY);
    now[0] = Duration.ofSeconds(2).toNanos();
    assertThat(budget.reached(meter, 0)).contains(StopReason.TIME);
    meter.addSteps(1000);
    assertThat(budget.reached(meter, 0)).contains(StopReason.STEPS);
    meter.addNodesExpanded(50);
    assertThat(budget.reached(meter, 0)).contains(StopReason.NODES);
    meter.modelUsage(new ModelUsage(0, 99, 0, 10));
    assertThat(budget.reached(meter, 0)).contains(StopReason.MODEL_CALLS);
    meter.modelUsage(new ModelUsage(0, 100, 0, 10));
    assertThat(budget.reached(meter, 0)).contains(StopReason.MODEL_TOKENS);
  }

  @Test
  void times_noLimit_staysNone() {
    Budget stretched = Budget.ofModelTokens(3).times(1.5);
    assertThat(stretched.modelTokens()).isEqualTo(5);
    assertThat(stretched.steps()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void ofModelTokens_zero_isRefused() {
    assertThatThrownBy(() -> Budget.ofModelTokens(0)).hasMessageContaining("model tokens");
  }
}
