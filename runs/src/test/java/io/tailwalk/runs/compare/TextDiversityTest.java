package io.tailwalk.runs.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextDiversityTest {
  @Test
  void diversity_byHand() {
    assertThat(TextDiversity.distinct(List.of("a b a b", "a b"), 2)).isCloseTo(0.5, within(1e-12));
    assertThat(TextDiversity.distinct(List.of("a"), 2)).isNaN();
    assertThat(TextDiversity.selfSimilarity(List.of("abcd", "abcd"))).isEqualTo(1);
    assertThat(TextDiversity.selfSimilarity(List.of("abcd", "bcde")))
        .isCloseTo(1.0 / 3, within(1e-12));
    assertThat(TextDiversity.selfSimilarity(List.of("a"))).isNaN();
    assertThat(TextDiversity.entropy(List.of("x", "y", "x", "y")))
        .isCloseTo(Math.log(2), within(1e-12));
  }
}
