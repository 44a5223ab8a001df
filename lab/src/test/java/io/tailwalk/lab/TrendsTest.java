package io.tailwalk.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TrendsTest {
  @Test
  void exponent_ofAPowerLaw_isItsPower() {
    double[] x = {1, 2, 5, 11};
    double[] y = {3, 3 / Math.sqrt(2), 3 / Math.sqrt(5), 3 / Math.sqrt(11)};
    assertThat(Trends.exponent(x, y)).isCloseTo(-0.5, within(1e-12));
    assertThat(Trends.exponent(new double[] {1, 2}, new double[] {1, 0})).isLessThan(-100);
  }

  @Test
  void reaches_betweenPoints_isInterpolatedOnLogs() {
    double[] x = {1, 4, 16};
    double[] y = {1, 0.25, 0.01};
    assertThat(Trends.reaches(x, y, 0.5)).isCloseTo(2, within(1e-12));
    assertThat(Trends.reaches(x, y, 0.25)).isCloseTo(4, within(1e-12));
    assertThat(Trends.reaches(x, y, 2)).isEqualTo(1);
    assertThat(Trends.reaches(x, y, 0.001)).isEqualTo(Double.POSITIVE_INFINITY);
  }
}
