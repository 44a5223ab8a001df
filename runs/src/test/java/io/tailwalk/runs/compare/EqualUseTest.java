package io.tailwalk.runs.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.Estimate;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.runs.sample.PromptJob;
import io.tailwalk.runs.sample.PromptResult;
import io.tailwalk.sampling.Diagnostics;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.statistics.BettingCapital;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class EqualUseTest {
  private static PromptResult result(long tokens, StopReason reason) {
    var cost = new Cost(0, tokens, 1, 1, 1, 0, 0, 0, 0, 0);
    var sampling =
        new Sampling(
            List.of(),
            List.of(),
            Estimate.of(
                0,
                Double.NaN,
                Interval.NON_NEGATIVE,
                Interval.NON_NEGATIVE,
                0.95,
                Bias.LOW,
                "none"),
            new BettingCapital(0.05),
            new Diagnostics(0, Map.of()),
            cost,
            reason);
    return new PromptResult(new PromptJob(1, "1", Prompt.text("x")), new int[] {1}, sampling, 0);
  }

  /** A sampler that uses so many times its budget, or always the same. */
  private static EqualUse use(long target, LongUnaryOperator used, StopReason reason) {
    return EqualUse.of(target, budget -> List.of(result(used.applyAsLong(budget), reason)));
  }

  @Test
  void equalUse_samplerThatMisses_runsAgainWithinReason() {
    EqualUse good = use(1000, budget -> budget, StopReason.MODEL_TOKENS);
    assertThat(good.budget()).isEqualTo(1000);
    assertThat(good.otherTokens()).isEqualTo(0);
    EqualUse over = use(1000, budget -> budget + budget / 2, StopReason.MODEL_TOKENS);
    assertThat(over.budget()).isEqualTo(667);
    assertThat(over.isEqual()).isTrue();
    assertThat(over.otherTokens()).isEqualTo(1500);
    EqualUse fixed = use(1000, _ -> 100, StopReason.DONE);
    assertThat(fixed.share()).isEqualTo(0.1);
    assertThat(fixed.budget()).isEqualTo(1000);
    assertThat(fixed.otherTokens()).isEqualTo(100);
    assertThat(fixed.reason()).isEqualTo("ends by itself");
    EqualUse late = use(1000, budget -> budget / 2, StopReason.TIME);
    assertThat(late.otherTokens()).isEqualTo(0);
    assertThat(late.reason()).isEqualTo("ran out of time first");
    EqualUse worse = use(1000, budget -> budget == 1000 ? 1200 : 100, StopReason.MODEL_TOKENS);
    assertThat(worse.tokens()).isEqualTo(1200);
    assertThat(worse.reason()).startsWith("finishes what it has begun");
  }
}
