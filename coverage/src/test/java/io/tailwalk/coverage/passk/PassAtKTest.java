package io.tailwalk.coverage.passk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.passk.BestOfN.Scored;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PassAtKTest {
  @Test
  void estimate_againstAllSubsets_isExact() {
    for (int n = 1; n <= 10; n++) {
      for (int c = 0; c <= n; c++) {
        for (int k = 1; k <= n; k++) {
          assertThat(PassAtK.estimate(n, c, k)).isCloseTo(byEnumeration(n, c, k), within(1e-14));
        }
      }
    }
  }

  private static double byEnumeration(int n, int c, int k) {
    int hit = 0;
    int all = 0;
    for (int subset = 0; subset < 1 << n; subset++) {
      if (Integer.bitCount(subset) == k) {
        all++;
        hit += (subset & ((1 << c) - 1)) != 0 ? 1 : 0;
      }
    }
    return hit / (double) all;
  }

  @Test
  void estimate_forManySamples_staysAccurate() {
    // With one correct of n, pass@k = k/n exactly.
    assertThat(PassAtK.estimate(1_000_000_000L, 1, 7)).isCloseTo(7e-9, within(1e-22));
    assertThat(PassAtK.estimate(10_000_000L, 5_000_000L, 3)).isCloseTo(0.875, within(1e-6));
  }

  @Test
  void estimate_withKAboveN_isRefusedWithTheFix() {
    assertThatThrownBy(() -> PassAtK.estimate(4, 1, 5))
        .isInstanceOf(CoverageException.class)
        .hasMessage("k = 5 exceeds the 4 samples of a prompt; draw more or lower k");
  }

  @Test
  void bestOfN_againstAllSubsets_isExact() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 20; round++) {
      List<Scored> samples = new ArrayList<>();
      for (int s = 0; s < 7; s++) {
        samples.add(new Scored(random.nextInt(4), random.nextDouble()));
      }
      for (int n = 1; n <= 7; n++) {
        assertThat(BestOfN.estimate(samples, n))
            .isCloseTo(bestByEnumeration(samples, n), within(1e-12));
      }
    }
  }

  private static double bestByEnumeration(List<Scored> samples, int n) {
    double total = 0;
    int all = 0;
    for (int subset = 0; subset < 1 << samples.size(); subset++) {
      if (Integer.bitCount(subset) != n) {
        continue;
      }
      double top = Double.NEGATIVE_INFINITY;
      double reward = 0;
      int tied = 0;
      for (int s = 0; s < samples.size(); s++) {
        Scored sample = samples.get(s);
        if ((subset >> s & 1) == 0 || sample.score() < top) {
          continue;
        }
        boolean higher = sample.score() > top;
        reward = (higher ? 0 : reward) + sample.reward();
        tied = (higher ? 0 : tied) + 1;
        top = sample.score();
      }
      total += reward / tied;
      all++;
    }
    return total / all;
  }

  @Test
  void minus_onSamePrompts_isPaired() {
    List<PromptSamples> first = new ArrayList<>();
    List<PromptSamples> second = new ArrayList<>();
    for (int p = 0; p < 300; p++) {
      first.add(PromptSamples.of("p" + p, 10, p % 10));
      second.add(PromptSamples.of("p" + p, 10, p % 10 == 0 ? 0 : p % 10 - 1));
    }
    RunCurves a = new RunCurves("a", first);
    RunCurves b = new RunCurves("b", second);

    PairedPoint point = a.minus(b, List.of(1L), 0.05).getFirst();

    assertThat(point.difference()).isCloseTo(0.09, within(1e-12));
    assertThat(point.better()).isEqualTo(270);
    assertThat(point.worse()).isZero();
    // Prompts vary far more than the differences do: pairing must show it.
    assertThat(point.interval().width())
        .isLessThan(0.5 * a.passAtK(List.of(1L), 0.05).getFirst().interval().width());
    assertThatThrownBy(() -> a.minus(new RunCurves("c", first.subList(1, 300)), List.of(1L), 0.05))
        .hasMessageContaining("different prompts");
  }

  @Test
  void ofMasses_knownMasses_isTheMeanDifferenceByHand() {
    List<PromptSuccess> first =
        List.of(PromptSuccess.known("a", 0.5), PromptSuccess.known("b", 0.25));
    List<PromptSuccess> second =
        List.of(PromptSuccess.known("a", 0.5), PromptSuccess.known("b", 0.5));

    PairedPoint point = PairedPoint.ofSuccesses(first, second, 2, 0, 0.05);

    // 1 - (1 - z)^2: 3/4 against 3/4, 7/16 against 3/4.
    assertThat(point.difference()).isCloseTo(-5.0 / 32, within(1e-15));
    assertThat(point.better()).isZero();
    assertThat(point.worse()).isEqualTo(1);
    assertThat(point.interval().low()).isLessThan(point.difference());
    assertThatThrownBy(() -> PairedPoint.ofSuccesses(first, second.reversed(), 2, 0, 0.05))
        .hasMessageContaining("different prompts");
  }

  @Test
  void passAtK_whereAllPromptsPass_stillHasWidth() {
    RunCurves run =
        new RunCurves("r", List.of(PromptSamples.of("a", 3, 3), PromptSamples.of("b", 3, 3)));
    CurvePoint point = run.passAtK(List.of(2L), 0.05).getFirst();
    assertThat(point.value()).isEqualTo(1.0);
    assertThat(point.interval().low()).isLessThan(0.2);
  }

  /** p (1 - p) / (n - 1) for k = 1; for k = 2 the mean over all counts is the variance. */
  @Test
  void variance_isUnbiasedAndPlainAtOne() {
    assertThat(PassAtK.variance(10, 3, 1)).isCloseTo(0.3 * 0.7 / 9, within(1e-15));
    assertThat(PassAtK.variance(3, 1, 2)).isNaN();
    int n = 6;
    double p = 0.35;
    double mean = 0;
    double square = 0;
    double estimated = 0;
    for (int c = 0; c <= n; c++) {
      double choose = 1;
      for (int i = 0; i < c; i++) {
        choose *= (n - i) / (i + 1.0);
      }
      double weight = choose * Math.pow(p, c) * Math.pow(1 - p, n - c);
      double value = PassAtK.estimate(n, c, 2);
      mean += weight * value;
      square += weight * value * value;
      estimated += weight * PassAtK.variance(n, c, 2);
    }
    assertThat(estimated).isCloseTo(square - mean * mean, within(1e-14));
  }
}
