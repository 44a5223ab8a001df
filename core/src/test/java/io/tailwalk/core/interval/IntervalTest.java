package io.tailwalk.core.interval;

import static io.tailwalk.core.interval.EndKind.ASYMPTOTIC;
import static io.tailwalk.core.interval.EndKind.CERTAIN;
import static io.tailwalk.core.interval.EndKind.GUARANTEED;
import static io.tailwalk.core.interval.EndKind.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class IntervalTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  @Test
  void of_infiniteEnds_areOpen() {
    assertThat(Interval.guaranteed(-INF, 2)).isEqualTo(new Interval(-INF, OPEN, 2, GUARANTEED));
    assertThat(Interval.guaranteed(1, INF)).isEqualTo(new Interval(1, GUARANTEED, INF, OPEN));
    assertThatThrownBy(() -> new Interval(1, CERTAIN, INF, CERTAIN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Interval(-INF, CERTAIN, 1, CERTAIN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Interval.certain(2, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Interval.certain(Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void contains_isClosedAtBothEnds() {
    Interval interval = Interval.asymptotic(1, 3);
    assertThat(interval.contains(1)).isTrue();
    assertThat(interval.contains(3)).isTrue();
    assertThat(interval.contains(Math.nextDown(1.0))).isFalse();
    assertThat(interval.contains(Math.nextUp(3.0))).isFalse();
    assertThat(interval.width()).isEqualTo(2);
    assertThat(interval.isOpen()).isFalse();
    assertThat(Interval.NON_NEGATIVE.isOpen()).isTrue();
    assertThat(Interval.of(-INF, 0, CERTAIN).isOpen()).isTrue();
    assertThat(Interval.exactly(2)).isEqualTo(new Interval(2, CERTAIN, 2, CERTAIN));
    assertThat(interval).hasToString("[1.0 asymptotic, 3.0 asymptotic]");
  }

  @Test
  void meet_equalEnds_haveTheStrongerKind() {
    Interval weak = Interval.asymptotic(0, 2);
    Interval strong = Interval.guaranteed(0, 2);
    assertThat(weak.meet(strong)).isEqualTo(strong);
    assertThat(strong.meet(weak)).isEqualTo(strong);
    assertThat(weak.within(0, 3)).isEqualTo(new Interval(0, CERTAIN, 2, ASYMPTOTIC));
  }

  /** Ends that cross: the interval with the better known of the two stays. */
  @Test
  void meet_disjoint_keepsTheBetterKnown() {
    Interval low = Interval.asymptotic(0, 1);
    Interval high = Interval.guaranteed(2, 3);
    assertThat(low.meet(high)).isEqualTo(high);
    assertThat(high.meet(low)).isEqualTo(high);
    Interval lowKnown = Interval.certain(0, 1);
    assertThat(lowKnown.meet(high)).isEqualTo(lowKnown);
    assertThat(high.meet(lowKnown)).isEqualTo(lowKnown);
    Interval point = Interval.exactly(5);
    assertThat(point.meet(low)).isEqualTo(point);
    assertThat(low.meet(point)).isEqualTo(point);
    // Of equally known ends the lower one decides.
    Interval alike = Interval.guaranteed(0, 1);
    assertThat(alike.meet(high)).isEqualTo(high);
    assertThat(high.meet(alike)).isEqualTo(high);
  }

  /** Intervals that touch have no width together unless one is a point. */
  @Test
  void meet_touching_isNoPointUnlessOneIs() {
    Interval left = Interval.guaranteed(0, 1);
    Interval right = Interval.asymptotic(1, 2);
    assertThat(left.meet(right)).isEqualTo(left);
    assertThat(right.meet(left)).isEqualTo(left);
    assertThat(left.meet(Interval.exactly(1))).isEqualTo(Interval.exactly(1));
    assertThat(Interval.exactly(1).meet(right)).isEqualTo(Interval.exactly(1));
  }

  @Test
  void estimate_ofAsymptoticEnds_guaranteesTheRange() {
    Interval range = Interval.certain(0, 10);
    Interval mixed = new Interval(1, GUARANTEED, 3, ASYMPTOTIC);
    Estimate estimate = Estimate.of(5, 0.5, mixed, range, 0.95, Bias.LOW, "m");
    assertThat(estimate)
        .isEqualTo(
            new Estimate(
                3,
                0.5,
                mixed,
                range,
                new Interval(1, GUARANTEED, 10, CERTAIN),
                0.95,
                Bias.LOW,
                "m"));
    assertThat(estimate.low()).isEqualTo(1);
    assertThat(estimate.high()).isEqualTo(3);
    assertThat(estimate.isExact()).isFalse();
    Interval other = new Interval(1, ASYMPTOTIC, 3, GUARANTEED);
    assertThat(Estimate.of(2, 0.5, other, range, 0.95, Bias.LOW, "m").guaranteed())
        .isEqualTo(new Interval(0, CERTAIN, 3, GUARANTEED));
    assertThat(Estimate.exactly(4, Interval.exactly(4), "m").isExact()).isTrue();
    assertThatThrownBy(() -> new Estimate(4, 0, mixed, range, range, 0.95, Bias.NONE, "m"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("estimate 4.0 is outside its interval [1.0, 3.0]");
  }

  @Test
  void bias_ofTwo_isUnknownUnlessTheyAgree() {
    assertThat(Bias.LOW.with(Bias.LOW)).isEqualTo(Bias.LOW);
    assertThat(Bias.LOW.with(Bias.NONE)).isEqualTo(Bias.LOW);
    assertThat(Bias.NONE.with(Bias.HIGH)).isEqualTo(Bias.HIGH);
    assertThat(Bias.LOW.with(Bias.HIGH)).isEqualTo(Bias.UNKNOWN);
    for (Bias bias : Bias.values()) {
      assertThat(Bias.named(bias.wireName())).isEqualTo(bias);
      assertThat(bias.isOneSidedOrUnknown()).isEqualTo(bias != Bias.NONE && bias != Bias.CLAMPED);
    }
    assertThat(Bias.HIGH.words()).isEqualTo("errs high");
    assertThatThrownBy(() -> Bias.named("none such")).hasMessage("unknown bias 'none such'");
  }
}
