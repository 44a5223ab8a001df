package io.tailwalk.core.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RewardsTest {
  private record Bounded(double logRewardBound) implements Verifier {
    @Override
    public String name() {
      return "bounded";
    }

    @Override
    public double logReward(Candidate complete) {
      return logRewardBound;
    }
  }

  /**
   * The logarithm and its exponential may lose the last digit, so that a reward exceeds its own
   * bound.
   */
  @Test
  void bound_ofAnyReward_isNotBelowIt() {
    int lost = 0;
    for (int i = 1; i < 2000; i++) {
      double reward = i / 1000.0;
      double bound = Rewards.bound(new Bounded(Math.log(reward)));
      assertThat(bound).isGreaterThanOrEqualTo(reward).isLessThan(reward * (1 + 1e-9));
      lost += Math.exp(Math.log(reward)) < reward ? 1 : 0;
    }
    assertThat(lost).isGreaterThan(20);
  }

  @Test
  void bound_atTheEdges_isWhatItSays() {
    assertThat(Rewards.bound(new Bounded(0))).isEqualTo(1);
    assertThat(Rewards.bound(new Bounded(Double.NEGATIVE_INFINITY))).isZero();
    assertThat(Rewards.bound(new Bounded(-5000))).isPositive().isLessThan(1e-321);
    assertThat(Rewards.bound(new Bounded(Math.log(1e300)))).isCloseTo(1e300, within(1e291));
    assertThat(Rewards.bound(new Bounded(800))).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Rewards.bound(new Bounded(Double.POSITIVE_INFINITY)))
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void require_rewardBeyond1e300_isRefusedInOneSentence() {
    Rewards.require("v", Math.log(1e300));
    Rewards.require("v", Double.NEGATIVE_INFINITY);
    assertThatThrownBy(() -> Rewards.require("v", 800))
        .isInstanceOf(RewardException.class)
        .hasMessageContaining("the verifier v gave a reward of e^800.0")
        .hasMessageContaining("scale its rewards down");
  }
}
