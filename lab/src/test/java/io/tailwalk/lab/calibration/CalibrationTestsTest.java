package io.tailwalk.lab.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tests behind the verdict against numbers worked out in exact fractions. */
class CalibrationTestsTest {
  private static final Percentage ROUNDING = Percentage.withPercentage(1e-7);

  @ParameterizedTest
  @CsvSource({
    "20,16,0.01590152601976356",
    "96,80,2.2035174763157344e-05",
    "408,365,4.455817368898618e-06",
    "4000,3760,0.0026068979272663054"
  })
  void coveragePValue_isTheBinomialTail(int runs, int held, double expected) {
    assertThat(new Misses(runs, runs - held, 0).coveragePValue()).isCloseTo(expected, ROUNDING);
    assertThat(new Misses(runs, 0, runs - held).coveragePValue()).isCloseTo(expected, ROUNDING);
  }

  @ParameterizedTest
  @CsvSource({
    "20,4,0.007412937112823088",
    "96,9,0.014893354273288528",
    "408,30,0.0011934929090083128",
    "4000,200,0.0010182304774639489",
    "408,0,1"
  })
  void sidePValue_isTheBinomialTail(int runs, int misses, double expected) {
    assertThat(new Misses(runs, misses, 0).belowPValue()).isCloseTo(expected, ROUNDING);
    assertThat(new Misses(runs, 0, misses).abovePValue()).isCloseTo(expected, ROUNDING);
    assertThat(new Misses(runs, misses, 0).abovePValue()).isEqualTo(1);
  }

  /** Holm's own scheme by hand: 4 x 0.005, 3 x 0.01, 2 x 0.03, and 0.04 not below that before. */
  @Test
  void adjusted_fourTests_areThoseWorkedOutByHand() {
    double[] adjusted = Holm.adjusted(new double[] {0.01, 0.04, 0.03, 0.005});
    assertThat(adjusted).containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-15));
    assertThat(Holm.adjusted(new double[] {0.6, 0.9})).containsExactly(1, 1);
    assertThat(Holm.adjusted(new double[0])).isEmpty();
  }

  /** Mean 2.5, no skewness, Student's quantile 3.1824463 with three degrees of freedom. */
  @Test
  void formerInterval_fourValues_isAsInVersion01() {
    var interval = FormerInterval.positiveMean(new double[] {1, 2, 3, 4});
    double half = 3.182446305284263 / 2 * Math.sqrt(5 / 3.0);
    assertThat(interval.low()).isCloseTo(2.5 - half, within(1e-9));
    assertThat(interval.high()).isCloseTo(2.5 * Math.exp(half / 2.5), within(1e-9));
    var equal = FormerInterval.positiveMean(new double[] {0.25, 0.25});
    assertThat(equal.low()).isCloseTo(0.25 * Math.sqrt(0.025), within(1e-15));
    assertThat(equal.high()).isCloseTo(0.25 / Math.sqrt(0.025), within(1e-15));
    assertThat(FormerInterval.positiveMean(new double[] {3}).isOpen()).isTrue();
  }
}
