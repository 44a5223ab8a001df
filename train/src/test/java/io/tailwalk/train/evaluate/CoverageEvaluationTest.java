package io.tailwalk.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.coverage.NGrid;
import io.tailwalk.train.data.Example;
import io.tailwalk.values.LearningException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoverageEvaluationTest {
  private static final Example FIRST = new Example(new int[] {1}, new int[] {2});
  private static final Example SECOND = new Example(new int[] {1}, new int[] {3});

  /**
   * Two indistinguishable rules, nine of ten prompts follow the first: figures computed by hand
   * from {@code KL = .9 ln(1/p) + .1 ln(1/q)}, {@code Pass@8 = .9(1-(1-p)^8) + .1(1-(1-q)^8)}.
   */
  @ParameterizedTest
  @CsvSource({
    "0.5, 0.5, 0.69315, 0.99609, 1, 0, 0",
    "0.7, 0.3, 0.44141, 0.99418, 0.1, 0, 0",
    "0.9, 0.1, 0.32508, 0.95695, 0.1, 0.1, 0.1"
  })
  void report_ofAModelThatHedges_isTheHandComputed(
      double p, double q, double kl, double pass8, double cov2, double cov4, double cov57) {
    List<HeldOutPrompt> prompts = new ArrayList<>();
    double[] logProbs = new double[10];
    for (int i = 0; i < 10; i++) {
      prompts.add(new HeldOutPrompt(List.of(new HeldOutResponse(FIRST, 0, 1, true))));
      logProbs[i] = Math.log(i < 9 ? p : q);
    }
    var evaluation = new CoverageEvaluation(prompts, NGrid.of(2, 4, 5.7), List.of(1, 8));
    CoverageReport report = evaluation.of(7, logProbs);
    assertThat(report.step()).isEqualTo(7);
    assertThat(report.kl()).isCloseTo(kl, within(1e-5));
    assertThat(report.crossEntropy()).isCloseTo(kl, within(1e-5));
    assertThat(report.pass().get(0)).isCloseTo(0.9 * p + 0.1 * q, within(1e-12));
    assertThat(report.pass().get(1)).isCloseTo(pass8, within(1e-5));
    assertThat(report.coverage()).hasSize(3);
    assertThat(report.coverage().get(0)).isCloseTo(cov2, within(1e-12));
    assertThat(report.coverage().get(1)).isCloseTo(cov4, within(1e-12));
    assertThat(report.coverage().get(2)).isCloseTo(cov57, within(1e-12));
  }

  @Test
  void report_ofListedResponses_weighsThemByTheirProbability() {
    // pi = (1/4, 3/4), q = (1/2, 1/8): ratios 1/2 and 6; the second is accepted.
    var prompt =
        new HeldOutPrompt(
            List.of(
                new HeldOutResponse(FIRST, Math.log(0.25), 0.25, false),
                new HeldOutResponse(SECOND, Math.log(0.75), 0.75, true)));
    var evaluation = new CoverageEvaluation(List.of(prompt), NGrid.of(1, 4, 8), List.of(2));
    CoverageReport report = evaluation.of(0, _ -> new double[] {Math.log(0.5), Math.log(0.125)});
    assertThat(report.kl()).isCloseTo(0.25 * Math.log(0.5) + 0.75 * Math.log(6), within(1e-12));
    assertThat(report.coverage()).containsExactly(0.75, 0.75, 0.0);
    assertThat(report.pass().getFirst()).isCloseTo(1 - 0.875 * 0.875, within(1e-12));
    assertThat(evaluation.examples()).containsExactly(FIRST, SECOND);
  }

  @Test
  void report_withNothingJudged_hasNoPass() {
    var prompt = new HeldOutPrompt(List.of(HeldOutResponse.drawn(FIRST, -1)));
    var evaluation = new CoverageEvaluation(List.of(prompt), NGrid.of(2), List.of(2));
    CoverageReport report = evaluation.of(0, new double[] {Double.NEGATIVE_INFINITY});
    assertThat(report.pass()).isEmpty();
    assertThat(report.kl()).isInfinite();
    assertThat(report.coverage()).containsExactly(1.0);
  }

  @Test
  void prompt_ofImpossibleWeightsOrMixedPrompts_isRefused() {
    assertThatThrownBy(() -> new HeldOutPrompt(List.of(new HeldOutResponse(FIRST, -1, 0.5, false))))
        .isInstanceOf(LearningException.class)
        .hasMessageContaining("sum to 1, got 0.5");
    var other = new Example(new int[] {2}, new int[] {3});
    assertThatThrownBy(() ->
            new HeldOutPrompt(
                List.of(
                    new HeldOutResponse(FIRST, -1, 0.5, false),
                    new HeldOutResponse(other, -1, 0.5, false))))
        .isInstanceOf(LearningException.class)
        .hasMessageContaining("different prompts");
    assertThatThrownBy(() -> HeldOutResponse.drawn(FIRST, 0.5))
        .isInstanceOf(LearningException.class)
        .hasMessageContaining("at most 0");
  }
}
