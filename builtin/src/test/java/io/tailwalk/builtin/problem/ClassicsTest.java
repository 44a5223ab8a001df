package io.tailwalk.builtin.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.FinishReason;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassicsTest {

  /**
   * Total variation of value-guided sampling without backtracking from the target, against the
   * closed form: {@code H} coins of bias {@code (1+e)/(2+e)}, the last one fair, against fair ones.
   */
  @ParameterizedTest
  @CsvSource({"4,0.5,0.148", "6,0.5,0.183", "10,0.5,0.233", "10,1.0,0.396", "10,0.1,0.058"})
  void abc_withoutBacktracking_missesTheTargetByTheKnownDistance(
      int length, double error, double expected) {
    assertThat(distanceOfActionLevel(Classics.abc(length, error)))
        .isCloseTo(expected, within(6e-4));
  }

  @Test
  void delay_withoutBacktracking_isFarFromTheTarget() {
    assertThat(distanceOfActionLevel(Classics.delay(6))).isGreaterThan(0.05);
  }

  @Test
  void abc_errorBelowMinusOne_isRefused() {
    assertThatThrownBy(() -> Classics.abc(4, -1.5)).hasMessageContaining("above -1");
    assertThatThrownBy(() -> Classics.delay(0)).hasMessageContaining("at least 1");
  }

  private static double distanceOfActionLevel(Problem problem) {
    double z = mass(problem, new int[0]);
    return distance(problem, new int[0], 1.0, 1.0, z) / 2;
  }

  /** Sum over leaves of {@code |action-level distribution - target|}. */
  private static double distance(
      Problem problem, int[] prefix, double distribution, double pi, double z) {
    if (prefix.length == problem.maxTokens()) {
      return Math.abs(distribution - pi * tau(problem, prefix) / z);
    }
    int size = problem.model().vocabulary().size();
    double[] weights = new double[size];
    for (int token = 0; token < size; token++) {
      weights[token] = Math.exp(problem.value().logValue(partial(problem, append(prefix, token))));
    }
    double sum = Arrays.stream(weights).sum();
    double distance = 0;
    for (int token = 0; token < size; token++) {
      double share = sum == 0 ? 0 : distribution * weights[token] / sum;
      distance += distance(problem, append(prefix, token), share, pi / size, z);
    }
    return distance;
  }

  private static double mass(Problem problem, int[] prefix) {
    if (prefix.length == problem.maxTokens()) {
      return tau(problem, prefix);
    }
    int size = problem.model().vocabulary().size();
    double sum = 0;
    for (int token = 0; token < size; token++) {
      sum += mass(problem, append(prefix, token)) / size;
    }
    return sum;
  }

  /** The tilt, which the value must equal at a leaf. */
  private static double tau(Problem problem, int[] leaf) {
    double tau =
        Math.exp(
            problem
                .verifier()
                .logReward(
                    Candidate.complete(
                        problem.prompt(),
                        problem.model().vocabulary(),
                        leaf,
                        FinishReason.LENGTH)));
    assertThat(Math.exp(problem.value().logValue(partial(problem, leaf))))
        .isCloseTo(tau, within(1e-12));
    return tau;
  }

  private static Candidate partial(Problem problem, int[] tokens) {
    return Candidate.partial(problem.prompt(), problem.model().vocabulary(), tokens);
  }

  private static int[] append(int[] prefix, int token) {
    int[] longer = Arrays.copyOf(prefix, prefix.length + 1);
    longer[prefix.length] = token;
    return longer;
  }
}
