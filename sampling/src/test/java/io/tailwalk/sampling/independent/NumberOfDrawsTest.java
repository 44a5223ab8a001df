package io.tailwalk.sampling.independent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.dyck.DyckLanguage;
import io.tailwalk.builtin.dyck.DyckProblems;
import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.sampling.Fixtures;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.statistics.ClopperPearson;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clopper and Pearson's interval is for a number of draws that was fixed beforehand. */
class NumberOfDrawsTest {
  private static final int DRAWS = 8;
  private static final Problem BRACKETS = DyckProblems.exact(new DyckLanguage(20, 20));
  private static final long MOST_TOKENS = (long) DRAWS * BRACKETS.maxTokens();

  private static Sampling draw(Budget budget) {
    // With newly drawn children no response is seen twice, and no end is certain.
    return new BestOfNSampler(DRAWS, 2)
        .run(
            Fixtures.sampling(BRACKETS, new ExpansionRule.Sample(2, 1)),
            RunOptions.of(1, budget, 3),
            SamplingListener.NONE);
  }

  private static void assertIsClopperPearson(Sampling sampling, double delta) {
    long passed = Math.round(sampling.successProbability().value() * DRAWS);
    Interval expected = ClopperPearson.interval(passed, DRAWS, delta);
    Interval interval = sampling.successProbability().interval();
    assertThat(interval.high()).isCloseTo(expected.high(), within(1e-9));
    assertThat(interval.highKind()).isEqualTo(EndKind.GUARANTEED);
  }

  @Test
  void interval_budgetPaysForAllWhateverTheyAre_isAtNinetyFive() {
    assertIsClopperPearson(draw(Budget.UNLIMITED), 0.05);
    assertIsClopperPearson(draw(Budget.UNLIMITED.withModelTokens(10 * MOST_TOKENS)), 0.05);
  }

  /** Slower, longer or larger draws would have been cut and would have reported betting ends. */
  @Test
  void interval_otherDrawsCouldHaveBeenCut_isAtNinetyNine() {
    assertIsClopperPearson(draw(Budget.UNLIMITED.withModelTokens(MOST_TOKENS)), 0.01);
    assertIsClopperPearson(draw(Budget.UNLIMITED.withSteps(MOST_TOKENS)), 0.01);
    assertIsClopperPearson(draw(Budget.UNLIMITED.withWallTime(Duration.ofHours(9))), 0.01);
    assertIsClopperPearson(draw(Budget.UNLIMITED.withTreeBytes(50_000)), 0.01);
  }
}
