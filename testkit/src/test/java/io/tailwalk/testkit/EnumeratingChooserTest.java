package io.tailwalk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EnumeratingChooserTest {

  @Test
  void distribution_dependentChoices_areMultiplied() {
    Map<String, Double> distribution =
        EnumeratingChooser.distribution(chooser ->
            chooser.bernoulli(0.25)
                ? "coin"
                : "slot " + chooser.categorical(new double[] {9, 1, 1, 4}, 1, 4));
    assertThat(distribution).containsOnlyKeys("coin", "slot 1", "slot 3");
    assertThat(distribution.get("coin")).isCloseTo(0.25, within(1e-15));
    assertThat(distribution.get("slot 1")).isCloseTo(0.75 * 0.25, within(1e-15));
    assertThat(distribution.get("slot 3")).isCloseTo(0.75 * 0.75, within(1e-15));
  }

  /** The geometric distribution truncated at 10, by a loop that ends itself. */
  @Test
  void distribution_loop_isEnumeratedToItsEnd() {
    Map<Integer, Double> distribution =
        EnumeratingChooser.distribution(chooser -> {
          int n = 0;
          while (n < 10 && chooser.bernoulli(0.3)) {
            n++;
          }
          return n;
        });
    assertThat(distribution).hasSize(11);
    assertThat(distribution.get(4)).isCloseTo(Math.pow(0.3, 4) * 0.7, within(1e-15));
    assertThat(distribution.values().stream().mapToDouble(p -> p).sum())
        .isCloseTo(1, within(1e-14));
  }

  @Test
  void distribution_certainChoices_takeOneWay() {
    assertThat(EnumeratingChooser.distribution(chooser -> chooser.bernoulli(1.5)))
        .containsExactly(Map.entry(true, 1.0));
    assertThat(EnumeratingChooser.distribution(chooser -> chooser.bernoulli(-0.5)))
        .containsExactly(Map.entry(false, 1.0));
  }

  @Test
  void distribution_hiddenState_isRefused() {
    var runs = new AtomicInteger();
    assertThatThrownBy(() ->
            EnumeratingChooser.distribution(
                chooser -> runs.incrementAndGet() == 1 && chooser.bernoulli(0.5)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("more than its chooser");
  }

  @Test
  void categorical_badSums_areRefused() {
    assertThatThrownBy(
            () -> EnumeratingChooser.distribution(c -> c.categorical(new double[] {2, 1}, 0, 2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> EnumeratingChooser.distribution(c -> c.categorical(new double[] {0}, 0, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
