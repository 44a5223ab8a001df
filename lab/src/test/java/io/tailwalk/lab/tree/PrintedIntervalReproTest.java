package io.tailwalk.lab.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.builtin.tree.FiniteTree;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.lab.PrintedInterval;
import io.tailwalk.sampling.Samplers;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trees on which intervals of version 0.1 were sure of a wrong number. */
class PrintedIntervalReproTest {
  private static final int SEEDS = 200;

  private static FiniteTree tree(String name) {
    try {
      var resource = PrintedIntervalReproTest.class.getResource(name + ".json");
      return TreeFile.read(Path.of(Objects.requireNonNull(resource).toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Every run on its own: the interval holds Z or is open in 97% of seeds at least (it held in 300
   * of 300 of the prototype), and has no width only if Z is known whole.
   */
  private static void assertHonest(String name, String sampler, Budget budget) {
    FiniteTree tree = tree(name);
    double z = Math.exp(tree.logZ());
    int missed = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      var run = new TreeRun(tree, Samplers.create(sampler, Map.of()), budget, 1, seed).run();
      PrintedInterval printed = PrintedInterval.of(run.mass(), z);
      Interval interval = printed.interval();
      assertThat(printed.exact() || !(interval.width() <= 1e-9 * z))
          .as("%s, %s, seed %d: %s", name, sampler, seed, interval)
          .isTrue();
      assertThat(printed.exact() && !printed.holds())
          .as("%s, %s, seed %d claims to know %s", name, sampler, seed, interval)
          .isFalse();
      missed += printed.holds() ? 0 : 1;
    }
    assertThat(missed).as("%s, %s", name, sampler).isLessThanOrEqualTo(SEEDS * 3 / 100);
  }

  /** 0.0935 [0.0935, 0.0935] for 0.3036: heavy items kept by every run are no spread. */
  @ParameterizedTest
  @CsvSource({"15", "30", "45"})
  void hid6_auto_holds(long nodes) {
    assertHonest("hid6", "auto", Budget.UNLIMITED.withSteps(100_000).withNodes(nodes));
  }

  /** 0.1 [0.1, 0.1] for 0.599: equal values, and a reward of 50 not seen yet. */
  @ParameterizedTest
  @CsvSource({"best-of-n", "ancestral", "auto", "smc"})
  void equal_twentySteps_holds(String sampler) {
    assertHonest("equal", sampler, Budget.UNLIMITED.withSteps(20));
  }

  /** 0 [0, 0.168] for 1: rewards that pass or fail as far as seen, and a bound of 100. */
  @ParameterizedTest
  @CsvSource({"best-of-n", "ancestral", "auto", "smc"})
  void above1_twentySteps_holds(String sampler) {
    assertHonest("above1", sampler, Budget.UNLIMITED.withSteps(20));
  }

  /** Half of the mass behind a value a thousand times too low. */
  @ParameterizedTest
  @CsvSource({
    "vgb-momentum,24",
    "vgb-momentum,120",
    "vgb-momentum,600",
    "auto,24",
    "auto,120",
    "auto,600"
  })
  void hidden_smallBudgets_holds(String sampler, long nodes) {
    assertHonest("hidden", sampler, Budget.UNLIMITED.withSteps(2_000).withNodes(nodes));
  }
}
