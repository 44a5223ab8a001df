package io.tailwalk.coverage.passk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.coverage.CoverageException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FromUnitsTest {
  @Test
  void fromUnits_againstAllSubsets_isExact() {
    SplittableRandom random = new SplittableRandom(5);
    for (int n = 1; n <= 9; n++) {
      double[] units = random.doubles(n, 0, n % 3 == 0 ? 2.5 : 1).toArray();
      for (int k = 1; k <= n; k++) {
        assertThat(PassAtK.fromUnits(units, k)).isCloseTo(byEnumeration(units, k), within(1e-12));
      }
    }
  }

  /** One minus the mean over all subsets of size k of the product of {@code 1 - Y}. */
  private static double byEnumeration(double[] units, int k) {
    double sum = 0;
    int subsets = 0;
    for (int subset = 0; subset < 1 << units.length; subset++) {
      if (Integer.bitCount(subset) == k) {
        double product = 1;
        for (int t = 0; t < units.length; t++) {
          product *= (subset >> t & 1) == 1 ? 1 - units[t] : 1;
        }
        sum += product;
        subsets++;
      }
    }
    return 1 - sum / subsets;
  }

  @Test
  void fromUnits_ofZerosAndOnes_isTheCountingEstimate() {
    for (int n : new int[] {1, 5, 40}) {
      for (int c = 0; c <= n; c += 1 + n / 6) {
        double[] units = new double[n];
        Arrays.fill(units, 0, c, 1);
        for (int k = 1; k <= n; k += 1 + n / 7) {
          assertThat(PassAtK.fromUnits(units, k))
              .isCloseTo(PassAtK.estimate(n, c, k), within(1e-12));
        }
      }
    }
  }

  @Test
  void fromUnits_ofTinyUnits_keepsTheirDigits() {
    double[] units = new double[50];
    Arrays.fill(units, 1e-20);
    assertThat(PassAtK.fromUnits(units, 10)).isCloseTo(1e-19, within(1e-31));
    assertThatThrownBy(() -> PassAtK.fromUnits(units, 51)).isInstanceOf(CoverageException.class);
  }

  /**
   * Two-valued units, all outcomes weighted by their probability: the mean is exactly the truth,
   * while the plug-in value is biased downwards.
   */
  @Test
  void fromUnits_overAllOutcomes_isUnbiased() {
    double[] values = {0.02, 0.4};
    double[] chances = {0.7, 0.3};
    int n = 6;
    int k = 4;
    double z = values[0] * chances[0] + values[1] * chances[1];
    double mean = 0;
    double plugIn = 0;
    for (int outcome = 0; outcome < 1 << n; outcome++) {
      double[] units = new double[n];
      double chance = 1;
      for (int t = 0; t < n; t++) {
        units[t] = values[outcome >> t & 1];
        chance *= chances[outcome >> t & 1];
      }
      mean += chance * PassAtK.fromUnits(units, k);
      plugIn += chance * SuccessCurve.pass(Arrays.stream(units).average().orElseThrow(), k);
    }
    assertThat(mean).isCloseTo(SuccessCurve.pass(z, k), within(1e-12));
    assertThat(plugIn).isLessThan(SuccessCurve.pass(z, k) - 0.005);
  }
}
