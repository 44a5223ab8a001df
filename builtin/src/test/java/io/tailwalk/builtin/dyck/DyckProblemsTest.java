package io.tailwalk.builtin.dyck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DyckProblemsTest {
  private static final double[] SKEWED = {0.35, 0.15, 0.1, 0.4};

  /** Every prefix of every string, against the sum over its completions. */
  @ParameterizedTest
  @CsvSource({"2,1", "4,4", "6,6", "6,2", "8,3"})
  void value_everyPrefix_isTheExactSuccessProbability(int length, int maxDepth) {
    Problem problem = DyckProblems.exact(new DyckLanguage(length, maxDepth), SKEWED);
    double z = checkBelow(problem, new int[0]);
    assertThat(((DyckValue) problem.value()).logZ()).isCloseTo(Math.log(z), within(1e-12));
  }

  /** Probability of success below a prefix, by enumeration, checked against V on the way up. */
  private static double checkBelow(Problem problem, int[] prefix) {
    var partial = Candidate.partial(problem.prompt(), problem.model().vocabulary(), prefix);
    double sum = 0;
    if (prefix.length == problem.maxTokens()) {
      var leaf =
          Candidate.complete(
              problem.prompt(), problem.model().vocabulary(), prefix, FinishReason.LENGTH);
      sum = Math.exp(problem.verifier().logReward(leaf));
    } else {
      var children = problem.value().childLogValues(partial);
      for (int token = 0; token < DyckLanguage.NUM_TOKENS; token++) {
        int[] longer = Arrays.copyOf(prefix, prefix.length + 1);
        longer[prefix.length] = token;
        double below = checkBelow(problem, longer);
        assertThat(Math.exp(children.logScore(token))).isCloseTo(below, within(1e-14));
        sum += SKEWED[token] * below;
      }
    }
    assertThat(Math.exp(problem.value().logValue(partial))).isCloseTo(sum, within(1e-14));
    return sum;
  }

  /** Catalan(n) shapes, 2 kinds for each of n pairs, over 4^(2n) strings. */
  @Test
  void logZ_uniformLength128_isCatalan() {
    double logCatalan = 0;
    for (int k = 2; k <= 64; k++) {
      logCatalan += Math.log((64.0 + k) / k);
    }
    var value = (DyckValue) DyckProblems.exact(DyckLanguage.ofLength(128)).value();
    assertThat(value.logZ())
        .isCloseTo(logCatalan + 64 * Math.log(2) - 128 * Math.log(4), within(1e-9));
  }

  @Test
  void withIidError_askedTwice_isTheSameAndKeepsZerosAndLeaves() {
    Problem exact = DyckProblems.exact(DyckLanguage.ofLength(4));
    Problem noisy = DyckProblems.withIidError(exact, 0.7, 5);
    Candidate inner = partial(exact, 0, 2);
    assertThat(noisy.value().logValue(inner))
        .isEqualTo(noisy.value().logValue(inner))
        .isNotEqualTo(exact.value().logValue(inner))
        .isEqualTo(noisy.value().childLogValues(partial(exact, 0)).logScore(2))
        .isNotEqualTo(DyckProblems.withIidError(exact, 0.7, 6).value().logValue(inner));
    assertThat(noisy.value().logValue(partial(exact, 1))).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(noisy.value().logValue(partial(exact, 0, 1, 2, 3))).isZero();
  }

  /** 4000 hashes: mean and variance of a standard normal within 5 standard errors. */
  @Test
  void withIidError_manyPrefixes_hasTheStatedSpread() {
    Problem exact = DyckProblems.exact(DyckLanguage.ofLength(32));
    Problem noisy = DyckProblems.withIidError(exact, 0.3, 1);
    int n = 4000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      int[] opens = new int[12];
      for (int bit = 0; bit < opens.length; bit++) {
        opens[bit] = (i >> bit & 1) * 2;
      }
      Candidate prefix = partial(exact, opens);
      double error = (noisy.value().logValue(prefix) - exact.value().logValue(prefix)) / 0.3;
      sum += error;
      squares += error * error;
    }
    assertThat(sum / n).isCloseTo(0, within(5 / Math.sqrt(n)));
    assertThat(squares / n).isCloseTo(1, within(5 * Math.sqrt(2.0 / n)));
  }

  @Test
  void withSystematicError_lastBracket_setsTheSign() {
    Problem exact = DyckProblems.exact(DyckLanguage.ofLength(8));
    Problem wrong = DyckProblems.withSystematicError(exact, 0.7);
    for (Candidate prefix :
        new Candidate[] {partial(exact), partial(exact, 0), partial(exact, 0, 1)}) {
      double expected = new double[] {0, 0.7, -0.7}[prefix.tokenIds().length];
      assertThat(wrong.value().logValue(prefix) - exact.value().logValue(prefix))
          .isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void dyckLanguage_oddLength_isRefused() {
    assertThatThrownBy(() -> new DyckLanguage(7, 3))
        .hasMessage("the length of a Dyck string must be even and at least 2, got 7");
    assertThatThrownBy(() -> new DyckLanguage(6, 0)).hasMessageContaining("depth");
    assertThatThrownBy(() -> DyckProblems.exact(DyckLanguage.ofLength(4), 0.5, 0.5, 0, 0))
        .hasMessageContaining("above 0");
  }

  private static Candidate partial(Problem problem, int... tokens) {
    return Candidate.partial(problem.prompt(), problem.model().vocabulary(), tokens);
  }
}
