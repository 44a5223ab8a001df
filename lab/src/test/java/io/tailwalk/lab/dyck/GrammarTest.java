package io.tailwalk.lab.dyck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.dyck.DyckLanguage;
import io.tailwalk.core.random.Streams;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GrammarTest {
  private static final int STRINGS = 2000;

  @Test
  void draw_strings_areBalancedAndMostlySquare() {
    var grammar = new Grammar(new DyckLanguage(16, 4), 0.8);
    double square = 0;
    double opensSecond = 0;
    for (int i = 0; i < STRINGS; i++) {
      int[] string = grammar.draw(Streams.of(1, i));
      assertThat(grammar.language().contains(string)).isTrue();
      square +=
          Arrays.stream(string).filter(token -> token == DyckLanguage.OPEN_SQUARE).count() / 8.0;
      opensSecond += DyckLanguage.opens(string[1]) ? 1 : 0;
    }
    // Five standard errors of a share of 16,000 and of 2,000.
    assertThat(square / STRINGS).isCloseTo(0.8, within(0.016));
    assertThat(opensSecond / STRINGS).isCloseTo(0.5, within(0.056));
  }

  @Test
  void training_sameStep_isTheSameBatch() {
    var grammar = new Grammar(new DyckLanguage(16, 4), 0.8);
    var first = grammar.training(3, 7).batch(5);
    var again = grammar.training(3, 7).batch(5);
    for (int i = 0; i < 3; i++) {
      assertThat(again.get(i).response()).isEqualTo(first.get(i).response());
      assertThat(first.get(i).prompt()).containsExactly(Grammar.BEGIN);
    }
    assertThat(grammar.training(3, 7).batch(6).getFirst().response())
        .isNotEqualTo(first.getFirst().response());
  }
}
