package io.tailwalk.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EqualCostTest {
  private static final EqualCost EQUAL = new EqualCost(3, 0.02);

  @Test
  void budget_useInProportion_isFoundInTwoRounds() {
    List<Long> tried = new ArrayList<>();
    long budget =
        EQUAL.budget(
            1000,
            given -> {
              tried.add(given);
              return 0.8 * given;
            });
    assertThat(budget).isEqualTo(1250);
    assertThat(tried).containsExactly(1000L, 1250L);
  }

  @Test
  void budget_useAtTheTarget_isTheTargetInOneRound() {
    assertThat(EQUAL.budget(1000, given -> given + 10.0)).isEqualTo(1000);
  }

  @Test
  void budget_nothingUsed_isAtMostTwiceTheTarget() {
    List<Long> tried = new ArrayList<>();
    EQUAL.budget(
        1000,
        given -> {
          tried.add(given);
          return 0;
        });
    assertThat(tried).containsExactly(1000L, 2000L, 2000L);
  }

  @Test
  void budget_useThatJumps_isTheNearestOfThoseTried() {
    assertThat(EQUAL.budget(1000, given -> given < 1000 ? 100 : 1500)).isEqualTo(1000);
  }
}
