package io.tailwalk.coverage.passk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.CoverageException;
import io.tailwalk.statistics.ClopperPearson;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

class SuccessCurveTest {
  private static PromptSuccess success(
      String id, double value, double low, double high, double error) {
    return PromptSuccess.clamped(id, value, Interval.guaranteed(low, high), error, Bias.CLAMPED);
  }

  @Test
  void predict_carriesEndsAndKindsThrough() {
    PromptSuccess success =
        new PromptSuccess(
            "a",
            0.1,
            new Interval(0.05, EndKind.CERTAIN, 0.2, EndKind.ASYMPTOTIC),
            Double.NaN,
            Bias.CLAMPED);
    SuccessCurve.Prediction prediction = SuccessCurve.predict(success, 3);
    assertThat(prediction.interval().low()).isCloseTo(1 - Math.pow(0.95, 3), within(1e-15));
    assertThat(prediction.interval().high()).isCloseTo(1 - Math.pow(0.8, 3), within(1e-15));
    assertThat(prediction.interval().lowKind()).isEqualTo(EndKind.CERTAIN);
    assertThat(prediction.interval().highKind()).isEqualTo(EndKind.ASYMPTOTIC);
    assertThat(prediction.bias()).isEqualTo(Bias.UNKNOWN);
    assertThat(prediction.value()).isCloseTo(1 - Math.pow(0.9, 3), within(1e-15));
    assertThat(SuccessCurve.predict(success, 1).bias()).isEqualTo(Bias.CLAMPED);
    assertThat(SuccessCurve.predict(PromptSuccess.known("a", 0.1), 9).bias()).isEqualTo(Bias.NONE);
  }

  /** Ends of a completely known tree are rounded outwards; its Z is still known. */
  @Test
  void predict_knownUpToRounding_hasNoBias() {
    Interval ends = Interval.certain(0.1 * (1 - 1e-10), 0.1 * (1 + 1e-10));
    assertThat(SuccessCurve.predict(PromptSuccess.clamped("a", 0.1, ends, 0, Bias.NONE), 9).bias())
        .isEqualTo(Bias.NONE);
    Interval measured = Interval.guaranteed(0.1 * (1 - 1e-10), 0.1 * (1 + 1e-10));
    assertThat(
            SuccessCurve.predict(PromptSuccess.clamped("a", 0.1, measured, 0, Bias.CLAMPED), 9)
                .bias())
        .isEqualTo(Bias.UNKNOWN);
  }

  @Test
  void predict_withAnOpenEnd_reachesOne() {
    PromptSuccess open = PromptSuccess.clamped("a", 0, Interval.NON_NEGATIVE, Double.NaN, Bias.LOW);
    assertThat(SuccessCurve.predict(open, 5).interval()).isEqualTo(Interval.certain(0, 1));
  }

  /**
   * An estimate of zero is not a value of zero: no success in 40 draws leaves an upper end of
   * 0.088.
   */
  @Test
  void zeroEstimate_hasAnUpperCurve() {
    PromptSuccess zero =
        new PromptSuccess("a", 0, ClopperPearson.interval(0, 40, 0.05), Double.NaN, Bias.CLAMPED);
    double last = 0;
    for (long k = 1; k <= 1_000_000; k *= 10) {
      CurvePoint point = SuccessCurve.at(List.of(zero), k, 0.05, 0.05);
      assertThat(point.value()).isZero();
      double high = point.these().orElseThrow().high();
      assertThat(high).isGreaterThanOrEqualTo(Math.max(last, 0.08));
      assertThat(point.interval().high()).isGreaterThanOrEqualTo(high);
      last = high;
    }
    assertThat(last).isEqualTo(1);
  }

  /**
   * Forty plain draws at Z = 0.05 and k = 10, all outcomes weighted by their probability: the
   * plug-in value is 0.034 low on average; corrected it is within a few thousandths.
   */
  @Test
  void predict_withAStandardError_correctsTheBias() {
    double z = 0.05;
    int n = 40;
    int k = 10;
    double plugIn = 0;
    double corrected = 0;
    for (int c = 0; c <= n; c++) {
      double chance = BinomialDistribution.of(n, z).probability(c);
      double estimate = c / (double) n;
      double error = Math.sqrt(estimate * (1 - estimate) / (n - 1));
      plugIn += chance * SuccessCurve.pass(estimate, k);
      corrected +=
          chance
              * SuccessCurve.predict(
                      new PromptSuccess("a", estimate, Interval.certain(0, 1), error, Bias.CLAMPED),
                      k)
                  .value();
    }
    double truth = SuccessCurve.pass(z, k);
    assertThat(plugIn).isLessThan(truth - 0.03);
    assertThat(corrected).isCloseTo(truth, within(0.005));
    // If k standard errors exceed 1 the expansion does not apply.
    PromptSuccess vague = new PromptSuccess("a", 0.05, Interval.certain(0, 1), 0.03, Bias.CLAMPED);
    assertThat(SuccessCurve.predict(vague, 30).corrected()).isTrue();
    assertThat(SuccessCurve.predict(vague, 40).corrected()).isFalse();
    assertThat(SuccessCurve.predict(vague, 40).bias()).isEqualTo(Bias.UNKNOWN);
    assertThat(SuccessCurve.predict(vague, 40).value()).isEqualTo(SuccessCurve.pass(0.05, 40));
  }

  /**
   * A downward bias remains a downward bias; an upward bias becomes unknown because of the
   * curvature.
   */
  @Test
  void predict_ofABiasedEstimate_saysSo() {
    Interval ends = Interval.guaranteed(0.05, 0.3);
    for (Bias bias : new Bias[] {Bias.LOW, Bias.HIGH, Bias.UNKNOWN}) {
      PromptSuccess success = new PromptSuccess("a", 0.1, ends, 0.01, bias);
      assertThat(SuccessCurve.predict(success, 1).bias()).isEqualTo(bias);
      SuccessCurve.Prediction further = SuccessCurve.predict(success, 3);
      assertThat(further.bias()).isEqualTo(bias == Bias.LOW ? Bias.LOW : Bias.UNKNOWN);
      assertThat(further.value()).isEqualTo(SuccessCurve.pass(0.1, 3));
    }
    PromptSuccess low = new PromptSuccess("a", 0.1, ends, Double.NaN, Bias.LOW);
    PromptSuccess high = new PromptSuccess("b", 0.1, ends, Double.NaN, Bias.HIGH);
    assertThat(SuccessCurve.at(List.of(low, PromptSuccess.known("c", 0.1)), 1, 0.05, 0.05).bias())
        .isEqualTo(Bias.LOW);
    assertThat(SuccessCurve.at(List.of(low, high), 1, 0.05, 0.05).bias()).isEqualTo(Bias.UNKNOWN);
  }

  @Test
  void at_pastOnePrompt_isWorstOfTheirBiases() {
    PromptSuccess sharp = success("a", 0.2, 0.19, 0.21, 0.005);
    PromptSuccess vague = success("b", 0.2, 0.01, 0.9, 0.3);
    assertThat(SuccessCurve.at(List.of(sharp, vague), 8, 0.05, 0.05).corrected()).isOne();
    assertThat(SuccessCurve.at(List.of(sharp), 1, 0.05, 0.05).bias()).isEqualTo(Bias.CLAMPED);
    assertThat(SuccessCurve.at(List.of(sharp, vague), 8, 0.05, 0.05).bias())
        .isEqualTo(Bias.UNKNOWN);
  }

  @Test
  void theseEnds_atBonferronisLevel_areTheMeansOfTheEnds() {
    List<Interval> prompts = new ArrayList<>();
    for (int p = 0; p < 40; p++) {
      prompts.add(Interval.guaranteed(0.01 * p, 0.02 * p + 0.1));
    }
    Interval bonferroni = PromptEnds.ofThese(prompts, 0, 1, 0.05 / 40, 0.05);
    assertThat(bonferroni.low()).isCloseTo(0.195, within(1e-12));
    assertThat(bonferroni.high()).isCloseTo(0.49, within(1e-12));
    assertThat(bonferroni.lowKind()).isEqualTo(EndKind.GUARANTEED);
    // At 95% each, at most 4 of 40 miss with probability 0.95: the highest four lower ends count as
    // zero.
    Interval these = PromptEnds.ofThese(prompts, 0, 1, 0.05, 0.05);
    assertThat(these.low()).isCloseTo(0.195 - 0.01 * (39 + 38 + 37 + 36) / 40, within(1e-12));
    assertThat(these.high()).isCloseTo(0.49 + (3.6 - 0.02 * (1 + 2 + 3)) / 40, within(1e-12));
    Interval one = PromptEnds.ofThese(List.of(Interval.guaranteed(0.2, 0.4)), 0, 1, 0.05, 0.05);
    assertThat(one.low()).isEqualTo(0.2);
    assertThat(one.high()).isEqualTo(0.4);
    List<Interval> known = List.of(Interval.exactly(0.25), Interval.exactly(0.5));
    assertThat(PromptEnds.ofThese(known, 0, 1, 0.05, 0.05)).isEqualTo(Interval.exactly(0.375));
  }

  /**
   * Prompts drawn from a skewed distribution, each known by its Clopper-Pearson interval from 30
   * draws at level 0.995 or 0.95; 300 runs of 20 prompts. Both means are almost always covered;
   * 0.95 minus three standard errors is 0.912.
   */
  @Test
  void ends_ofPromptsKnownByIntervals_holdBothMeans() {
    SplittableRandom random = new SplittableRandom(17);
    for (double error : new double[] {0.005, 0.05}) {
      int population = 0;
      int these = 0;
      for (int run = 0; run < 300; run++) {
        List<PromptSuccess> successes = new ArrayList<>();
        double mean = 0;
        for (int p = 0; p < 20; p++) {
          double u = random.nextDouble();
          double z = u * u * u * u;
          mean += SuccessCurve.pass(z, 4) / 20;
          int c = 0;
          for (int draw = 0; draw < 30; draw++) {
            c += random.nextDouble() < z ? 1 : 0;
          }
          Interval interval = ClopperPearson.interval(c, 30, error);
          successes.add(new PromptSuccess("p" + p, c / 30.0, interval, Double.NaN, Bias.CLAMPED));
        }
        CurvePoint point = SuccessCurve.at(successes, 4, error, 0.05);
        // E(1 - (1 - u^4)^4) = 4/5 - 6/9 + 4/13 - 1/17.
        population += point.interval().contains(4.0 / 5 - 6.0 / 9 + 4.0 / 13 - 1.0 / 17) ? 1 : 0;
        these += point.these().orElseThrow().contains(mean) ? 1 : 0;
      }
      assertThat(population).isGreaterThan(273);
      assertThat(these).isGreaterThan(273);
    }
  }

  @Test
  void ofMasses_knownByIntervals_isWiderThanOfKnownOnes() {
    List<PromptSuccess> known = new ArrayList<>();
    List<PromptSuccess> vague = new ArrayList<>();
    List<PromptSuccess> other = new ArrayList<>();
    for (int p = 0; p < 40; p++) {
      double z = p / 40.0;
      known.add(PromptSuccess.known("p" + p, z));
      vague.add(success("p" + p, z, 0.9 * z, z + 0.1 * (1 - z), 0.03));
      other.add(PromptSuccess.known("p" + p, z / 2));
    }
    Interval sharp = PairedPoint.ofSuccesses(known, other, 2, 0.005, 0.05).interval();
    Interval wide = PairedPoint.ofSuccesses(vague, other, 2, 0.005, 0.05).interval();
    assertThat(wide.low()).isLessThan(sharp.low() - 0.01);
    assertThat(wide.high()).isGreaterThan(sharp.high() + 0.01);
    assertThat(sharp.low()).isPositive();
    assertThat(sharp.lowKind()).isEqualTo(EndKind.ASYMPTOTIC);
  }

  @Test
  void clamped_refusesMeanRewards_andOpensWhatHasNoWidth() {
    assertThatThrownBy(() -> success("a", 1.25, 1.2, 1.3, 0.01))
        .isInstanceOf(CoverageException.class)
        .hasMessageContaining("mean reward");
    PromptSuccess over = success("a", 1.05, 0.9, 1.2, 0.05);
    assertThat(over.value()).isEqualTo(1);
    assertThat(over.interval().highKind()).isEqualTo(EndKind.CERTAIN);
    PromptSuccess dead =
        PromptSuccess.clamped("a", 0, Interval.asymptotic(0, 0), Double.NaN, Bias.LOW);
    assertThat(dead.interval()).isEqualTo(Interval.certain(0, 1));
    assertThat(PromptSuccess.clamped("a", 0, Interval.exactly(0), 0, Bias.NONE).isKnown()).isTrue();
  }
}
