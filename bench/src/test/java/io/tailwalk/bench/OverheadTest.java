package io.tailwalk.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.sampling.Sampler;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The table of docs/performance.md as a gate: bytes and model calls for each model token are
 * counts, and times are ratios to a pass of the same run, with room for a busy machine.
 */
class OverheadTest {
  private static final int VOCABULARY = 49_152;
  private static final int TOKENS = 1_200;
  private static final Vocabulary WORDS = FreeModel.words(VOCABULARY);
  private static final FreeModel MODEL = new FreeModel(VOCABULARY, Overhead.LENGTH);
  private static final double PASS = Overhead.pass(MODEL);

  @ParameterizedTest
  @CsvSource({
    "best-of-n, 3, 16, 0.15",
    "smc, 8, 64, 0.12",
    "vgb, 8, 64, 0.15",
    "vgb-momentum, 8, 64, 0.15",
    "auto, 16, 96, 0.22"
  })
  void sampler_costsLittleBesideTheModel(
      String name, double passes, double kilobytes, double calls) {
    Supplier<Sampler> sampler = Objects.requireNonNull(Overhead.samplers().get(name));
    Overhead.Spent spent = run(sampler.get(), 0);
    // The first runs are compiled while they run.
    for (int seed = 1; seed < 3; seed++) {
      Overhead.Spent again = run(sampler.get(), seed);
      spent =
          new Overhead.Spent(
              Math.min(spent.nanos(), again.nanos()),
              Math.min(spent.bytes(), again.bytes()),
              Math.min(spent.calls(), again.calls()));
    }
    assertThat(spent.nanos() / PASS).as("passes").isLessThan(passes);
    assertThat(spent.bytes() / 1e3).as("kB").isLessThan(kilobytes);
    assertThat(spent.calls()).as("model calls for each model token").isLessThan(calls);
  }

  private static Overhead.Spent run(Sampler sampler, int seed) {
    return Overhead.run(WORDS, MODEL, sampler, new ExpansionRule.Enumerate(), seed, TOKENS);
  }
}
