package io.tailwalk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EnumeratingChooserTest {

  @Test
  void law_dependentChoices_areMultiplied() {
    Map<String, Double> law =
        EnumeratingChooser.law(chooser ->
            chooser.bernoulli(0.25)
                ? "coin"
                : "slot " + chooser.categorical(new double[] {9, 1, 1, 4}, 1, 4));
    assertThat(law).containsOnlyKeys("coin", "slot 1", "slot 3");
    assertThat(law.get("coin")).isCloseTo(0.25, within(1e-15));
    assertThat(law.get("slot 1")).isCloseTo(0.75 * 0.25, within(1e-15));
    assertThat(law.get("slot 3")).isCloseTo(0.75 * 0.75, within(1e-15));
  }

  /** The geometric law cut at 10, by a loop that ends itself. */
  @Test
  void law_loop_isEnumeratedToItsEnd() {
    Map<Integer, Double> law =
        EnumeratingChooser.law(chooser -> {
          int n = 0;
          while (n < 10 && chooser.bernoulli(0.3)) {
            n++;
          }
          return n;
        });
    assertThat(law).hasSize(11);
    assertThat(law.get(4)).isCloseTo(Math.pow(0.3, 4) * 0.7, within(1e-15));
    assertThat(law.values().stream().mapToDouble(p -> p).sum()).isCloseTo(1, within(1e-14));
  }

  @Test
  void law_certainChoices_takeOneWay() {
    assertThat(EnumeratingChooser.law(chooser -> chooser.bernoulli(1.5)))
        .containsExactly(Map.entry(true, 1.0));
    assertThat(EnumeratingChooser.law(chooser -> chooser.bernoulli(-0.5)))
        .containsExactly(Map.entry(false, 1.0));
  }

  @Test
  void law_hiddenState_isRefused() {
    var runs = new AtomicInteger();
    assertThatThrownBy(() ->
            EnumeratingChooser.law(
                chooser -> runs.incrementAndGet() == 1 && chooser.bernoulli(0.5)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("more than its chooser");
  }

  @Test
  void categorical_badSums_areRefused() {
    assertThatThrownBy(() -> EnumeratingChooser.law(c -> c.categorical(new double[] {2, 1}, 0, 2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EnumeratingChooser.law(c -> c.categorical(new double[] {0}, 0, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
