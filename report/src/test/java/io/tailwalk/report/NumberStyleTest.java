package io.tailwalk.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NumberStyleTest {
  @ParameterizedTest
  @CsvSource({
    "INTEGER, 0, 1234567, '1,234,567'",
    "INTEGER, 0, -0.4, 0",
    "FIXED, 3, 0.12345, 0.123",
    "FIXED, 2, -1234.5, '−1,234.50'",
    "FIXED, 2, -0.001, 0.00",
    "PERCENT, 1, 0.9049, 90.5%",
    "PERCENT, 0, -0.0001, 0%",
    "SIGNIFICANT, 3, 0, 0",
    "SIGNIFICANT, 3, 1, 1.00",
    "SIGNIFICANT, 3, 0.00012345, 0.000123",
    "SIGNIFICANT, 3, 0.0000999951, 0.000100",
    "SIGNIFICANT, 3, 0.000012345, 1.23×10⁻⁵",
    "SIGNIFICANT, 2, -4.9e-324, −4.9×10⁻³²⁴",
    "SIGNIFICANT, 3, 123456, '123,000'",
    "SIGNIFICANT, 3, 999999, 1.00×10⁶",
    "SIGNIFICANT, 1, 2e30, 2×10³⁰",
    "SIGNIFICANT, 3, NaN, –",
    "FIXED, 1, -Infinity, −∞",
    "INTEGER, 0, Infinity, ∞",
  })
  void format_number_isAsTheStyleSays(NumberStyle.Form form, int digits, double x, String text) {
    assertThat(new NumberStyle(form, digits).format(x)).isEqualTo(text);
  }

  @Test
  void format_estimate_hasItsIntervalUnlessExact() {
    NumberStyle style = NumberStyle.fixed(1);
    assertThat(style.format(new Estimate(1, 2, 3))).isEqualTo("2.0 [1.0, 3.0]");
    assertThat(style.format(Estimate.exactly(2))).isEqualTo("2.0");
    assertThat(style.format(Estimate.exactly(Double.NaN))).isEqualTo("–");
  }

  /** An interval of a long run does not look like a point. */
  @ParameterizedTest
  @CsvSource({
    "0.4441, 0.4442, 0.4443, '0.4442 [0.4441, 0.4443]'",
    "0.44404, 0.44404, 0.44449, '0.4440 [0.4440, 0.4445]'",
    "1.23401e-7, 1.23402e-7, 1.23403e-7, '1.23402×10⁻⁷ [1.23401×10⁻⁷, 1.23403×10⁻⁷]'",
    "0.3, 0.3, 0.3000000000001, '0.300 [0.300, 0.300]'",
    "0.1, 0.2, 0.3, '0.200 [0.100, 0.300]'",
  })
  void format_endsThatLookAlike_getMoreDigits(double low, double value, double high, String text) {
    assertThat(NumberStyle.significant(3).format(new Estimate(low, value, high))).isEqualTo(text);
  }

  @Test
  void estimate_outsideItsInterval_isRefused() {
    assertThatThrownBy(() -> new Estimate(1, 0.5, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("estimate 0.5 is outside its interval [1.0, 2.0]");
    assertThatThrownBy(() -> new Estimate(0, Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NumberStyle.significant(0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
