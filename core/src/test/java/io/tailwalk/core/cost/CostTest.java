package io.tailwalk.core.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwalk.core.model.ModelUsage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CostTest {
  private static final long NONE = Long.MAX_VALUE;
  private static final Budget BUDGET = new Budget(100, 10, 50, 1000, 2000, 5000);

  private static CostMeter meter(long tokens, long calls, long nodes, long steps, long nanos) {
    long[] now = {7};
    var meter = new CostMeter(() -> now[0]);
    now[0] += nanos;
    meter.modelUsage(new ModelUsage(3, tokens, 4, calls));
    meter.addNodesExpanded(nodes);
    meter.addSteps(steps);
    return meter;
  }

  @Test
  void cost_ofAMeter_hasWhatWasAdded() {
    CostMeter meter = meter(11, 12, 13, 14, 15);
    meter.addCachedTokens(16);
    meter.addValueCalls(17);
    meter.addVerifierCalls(18);
    meter.addNodesExpanded(100);
    meter.addCachedTokens(100);
    meter.addValueCalls(100);
    meter.addVerifierCalls(100);
    meter.addSteps(100);
    Cost cost = new Cost(3, 11, 12, 12, 113, 116, 117, 118, 114, 15);
    assertThat(meter.cost()).isEqualTo(cost);
    assertThat(cost.plus(new Cost(1, 2, 3, 30, 4, 5, 6, 7, 8, 9)))
        .isEqualTo(new Cost(4, 13, 15, 42, 117, 121, 123, 125, 122, 24));
    assertThat(cost.plus(Cost.ZERO)).isEqualTo(cost);
  }

  @Test
  void usage_sinceEarlier_isTheDifference() {
    assertThat(new ModelUsage(10, 20, 30, 40, 50).since(new ModelUsage(1, 2, 3, 4, 6)))
        .isEqualTo(new ModelUsage(9, 18, 27, 36, 44));
    assertThat(new ModelUsage(1, 2, 3, 4, 5).plus(new ModelUsage(1, 1, 1, 1, 10)))
        .isEqualTo(new ModelUsage(2, 3, 4, 5, 15));
  }

  @Test
  void with_eachLimit_changesThatOne() {
    assertThat(
            Budget.ofModelTokens(1)
                .withModelCalls(2)
                .withNodes(3)
                .withSteps(4)
                .withWallTime(Duration.ofNanos(5))
                .withTreeBytes(6))
        .isEqualTo(new Budget(1, 2, 3, 4, 5, 6));
    assertThat(Budget.UNLIMITED.withModelTokens(9))
        .isEqualTo(new Budget(9, NONE, NONE, NONE, NONE, NONE));
  }

  @Test
  void minus_leavesAtLeastOneOfEach() {
    Cost spent = new Cost(9, 40, 10, 12, 49, 9, 9, 9, 1001, 500);
    assertThat(BUDGET.minus(spent)).isEqualTo(new Budget(60, 1, 1, 1, 1500, 5000));
    assertThat(Budget.UNLIMITED.minus(spent)).isEqualTo(Budget.UNLIMITED);
  }

  @Test
  void times_andPart_scaleAllButTheTree() {
    assertThat(BUDGET.times(1.001)).isEqualTo(new Budget(101, 11, 51, 1001, 2002, 5000));
    assertThat(BUDGET.part(0.25)).isEqualTo(new Budget(25, 3, 13, 250, 500, 5000));
    assertThat(BUDGET.part(1)).isEqualTo(BUDGET);
    assertThat(BUDGET.part(1e-9)).isEqualTo(new Budget(1, 1, 1, 1, 1, 5000));
    assertThat(Budget.UNLIMITED.part(0.5)).isEqualTo(Budget.UNLIMITED);
    assertThatThrownBy(() -> BUDGET.part(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BUDGET.part(1.1)).isInstanceOf(IllegalArgumentException.class);
  }

  /**
   * What was spent, times a factor, bounds tokens, nodes and steps; what was not, bounds nothing.
   */
  @Test
  void atMost_isTheSmallerOfLimitAndMultiple() {
    Cost spent = new Cost(0, 30, 3, 3, 10, 0, 0, 0, 0, 300);
    assertThat(BUDGET.atMost(spent, 2.51)).isEqualTo(new Budget(76, 10, 26, 1000, 2000, 5000));
    assertThat(BUDGET.atMost(spent, 50)).isEqualTo(BUDGET);
  }

  @Test
  void isUnlimited_looksPastTheTree() {
    assertThat(Budget.UNLIMITED.withTreeBytes(3).isUnlimited()).isTrue();
    assertThat(Budget.UNLIMITED.withSteps(3).isUnlimited()).isFalse();
  }

  /** A limit is reached when it is met and exceeded beyond it. */
  @Test
  void exceeded_eachLimit_fromOneBeyond() {
    assertThat(BUDGET.exceeded(meter(100, 10, 50, 1000, 2000), 5000)).isFalse();
    assertThat(BUDGET.exceeded(meter(101, 0, 0, 0, 0), 0)).isTrue();
    assertThat(BUDGET.exceeded(meter(0, 11, 0, 0, 0), 0)).isTrue();
    assertThat(BUDGET.exceeded(meter(0, 0, 51, 0, 0), 0)).isTrue();
    assertThat(BUDGET.exceeded(meter(0, 0, 0, 1001, 0), 0)).isTrue();
    assertThat(BUDGET.exceeded(meter(0, 0, 0, 0, 2001), 0)).isTrue();
    assertThat(BUDGET.exceeded(meter(0, 0, 0, 0, 0), 5001)).isTrue();
  }

  @Test
  void reached_eachLimit_notOneBefore() {
    assertThat(BUDGET.reached(meter(99, 9, 49, 999, 1999), 4999)).isEmpty();
    assertThat(BUDGET.reached(meter(99, 9, 50, 999, 1999), 4999)).contains(StopReason.NODES);
    assertThat(BUDGET.reached(meter(99, 9, 49, 1000, 1999), 4999)).contains(StopReason.STEPS);
    assertThat(BUDGET.reached(meter(99, 9, 49, 999, 2000), 4999)).contains(StopReason.TIME);
    CostMeter clockless =
        new CostMeter(
            new java.util.function.LongSupplier() {
              private int calls;

              @Override
              public long getAsLong() {
                if (calls++ > 0) {
                  throw new IllegalStateException("no limit needs the clock");
                }
                return 0;
              }
            });
    assertThat(Budget.UNLIMITED.reached(clockless, 1)).isEmpty();
    assertThat(Budget.UNLIMITED.exceeded(clockless, 1)).isFalse();
  }

  @Test
  void budget_belowOne_namesTheLimit() {
    assertThatThrownBy(() -> BUDGET.withModelCalls(0)).hasMessageContaining("model calls");
    assertThatThrownBy(() -> BUDGET.withNodes(0)).hasMessageContaining("nodes");
    assertThatThrownBy(() -> BUDGET.withSteps(0)).hasMessageContaining("steps");
    assertThatThrownBy(() -> BUDGET.withWallTime(Duration.ZERO)).hasMessageContaining("wall time");
    assertThatThrownBy(() -> BUDGET.withTreeBytes(0))
        .hasMessage("a budget of tree bytes must be at least 1, got 0");
  }

  @Test
  void wireNames_areThoseOfTheFiles() {
    assertThat(StopReason.values())
        .extracting(StopReason::wireName)
        .containsExactly(
            "done",
            "model-tokens",
            "model-calls",
            "nodes",
            "steps",
            "time",
            "memory",
            "cancelled",
            "dead");
  }
}
