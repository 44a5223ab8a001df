package io.tailwalk.sampling.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.BuiltinModels;
import io.tailwalk.builtin.problem.LetterModel;
import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LanguageModel;
import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.verify.AutomatonVerifier;
import io.tailwalk.core.verify.ByteAutomaton;
import io.tailwalk.core.verify.Verifier;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import io.tailwalk.testkit.ExactDistribution;
import io.tailwalk.testkit.StatisticalAssertions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs of {@link AutoSampler} whose twist or draws look ahead. */
class LookAheadTest {
  private static final LetterModel LETTERS = new LetterModel("letters", "ab,", 0.5, 0.3, 0.2);

  /** The figures of a pilot that meets no response are numbers. */
  @Test
  void auto_pilotThatMeetsNothing_hasNumbersInItsNote() {
    var model = new LetterModel("letters", "ab,", 0.5, 0.5 - 1e-13, 1e-13);
    for (int seed = 0; seed < 20; seed++) {
      Sampling result = run(model, "", Commas.atLeast(9), 40, 2000, seed);
      assertThat(result.diagnostics().notes().getFirst()).doesNotContain("NaN");
    }
  }

  /** The mean over runs is the success probability: false alarm 1e-4. */
  @Test
  void auto_lookingAhead_isUnbiased() {
    Verifier verifier = Commas.atLeast(5);
    double[] values = new double[2000];
    for (int seed = 0; seed < values.length; seed++) {
      values[seed] = run(LETTERS, "", verifier, 8, 200, seed).successProbability().value();
    }
    double z = ExactDistribution.of(LETTERS, Prompt.text(""), verifier, 8).z();
    assertThat(z).isCloseTo(Commas.probability(5, 8), within(1e-12));
    StatisticalAssertions.at(1e-4).mean(values, z).sees(0.1 * z);
  }

  /**
   * Where only the end decides, estimates of auto were off by more than a factor of two (root mean
   * square 1.4) at this budget.
   */
  @Test
  void auto_commasInAusten_areFoundEarly() {
    try (LanguageModel model = BuiltinModels.open("builtin:austen")) {
      double sum = 0;
      double[] values = new double[10];
      for (int seed = 0; seed < values.length; seed++) {
        String prompt = "It is a truth universally acknowledged, that";
        Sampling result = run(model, prompt, Commas.atLeast(3), 40, 4000, seed);
        assertThat(result.diagnostics().notes().getFirst())
            .containsAnyOf("twisted particle filter", "draws from the frontier");
        values[seed] = result.successProbability().value();
        sum += values[seed];
      }
      double mean = sum / values.length;
      double square = Arrays.stream(values).map(v -> (v / mean - 1) * (v / mean - 1)).sum();
      assertThat(Math.sqrt(square / values.length)).isLessThan(0.6);
    }
  }

  /**
   * Where plain draws meet the target, half of the draws look ahead: here the chain is exact. The
   * error was 0.1 when they did not.
   */
  @Test
  void auto_drawsFromTheFrontier_lookAhead() {
    int length = 12;
    double z = Commas.probability(4, length);
    double[] errors = new double[100];
    int missed = 0;
    for (int seed = 0; seed < errors.length; seed++) {
      Sampling result = run(LETTERS, "", Commas.atLeast(4), length, 2000, seed);
      assertThat(result.diagnostics().notes().getFirst()).contains("draws from the frontier");
      missed += result.successProbability().interval().contains(z) ? 0 : 1;
      errors[seed] = result.successProbability().value() / z - 1;
    }
    double square = Arrays.stream(errors).map(e -> e * e).average().orElseThrow();
    assertThat(Math.sqrt(square)).isLessThan(0.05);
    // 95% intervals: at most 15 of 100 in 99.99% of cases.
    assertThat(missed).isLessThan(16);
  }

  /** Plain draws would hardly meet the target, but those that look ahead are nearly exact. */
  @Test
  void auto_drawsThatLookAheadWell_boundARareTarget() {
    int length = 12;
    double z = Commas.probability(7, length);
    int missed = 0;
    int byDraws = 0;
    for (int seed = 0; seed < 40; seed++) {
      Sampling result = run(LETTERS, "", Commas.atLeast(7), length, 3000, seed);
      var interval = result.successProbability().interval();
      missed += interval.contains(z) ? 0 : 1;
      if (result.diagnostics().notes().getFirst().startsWith("draws from the frontier")) {
        byDraws++;
        assertThat(interval.high()).isLessThan(20 * z);
      }
    }
    assertThat(byDraws).isGreaterThan(20);
    // 95% intervals: at most 8 of 40 in 99.97% of cases.
    assertThat(missed).isLessThan(9);
  }

  /** A chain in which nothing passes looks even, but says nothing. */
  @Test
  void auto_chainThatKnowsNoWay_doesNotChooseDraws() {
    try (LanguageModel model = BuiltinModels.open("builtin:austen")) {
      String prompt = "It is a truth universally acknowledged, that";
      for (int seed = 0; seed < 10; seed++) {
        Sampling result =
            run(model, prompt, new AutomatonVerifier("word", new Word("zebra")), 20, 2000, seed);
        assertThat(result.diagnostics().notes().getFirst()).doesNotContain("look ahead");
      }
    }
  }

  /** Texts with a word. */
  private record Word(String word) implements ByteAutomaton {
    @Override
    public int start() {
      return 0;
    }

    @Override
    public int step(int state, byte next) {
      if (state == word.length()) {
        return state;
      }
      return next == word.charAt(state) ? state + 1 : next == word.charAt(0) ? 1 : 0;
    }

    @Override
    public boolean accepts(int state) {
      return state == word.length();
    }
  }

  private static Sampling run(
      LanguageModel model, String prompt, Verifier verifier, int length, long tokens, long seed) {
    var text = Prompt.text(prompt);
    var context = model.open(model.encode(text), new ContextOptions(length, 16));
    var problem =
        new SamplingProblem(
            text,
            model.vocabulary(),
            context,
            verifier,
            verifier.prefixValue(),
            new ExpansionRule.Enumerate(),
            length,
            List.of());
    return new AutoSampler(0.05, 256, AutoSampler.INTERVAL_SHARE)
        .run(problem, RunOptions.of(4, Budget.ofModelTokens(tokens), seed), SamplingListener.NONE);
  }
}
