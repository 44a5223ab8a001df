package io.tailwalk.report;

import io.tailwalk.core.interval.EndKind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The style in which numbers are printed. NaN (unknown) is an en dash, infinities are {@code ∞};
 * the minus sign is U+2212.
 *
 * @param form form of the numbers
 * @param digits decimals for {@code FIXED} and {@code PERCENT}, significant digits for {@code
 *     SIGNIFICANT}, unused for {@code INTEGER}
 */
public record NumberStyle(Form form, int digits) {
  private static final int MOST_DIGITS = 15;

  /** Ends that so many digits do not tell apart differ by less than 1e-8 of them. */
  private static final int MOST_DIGITS_APART = 9;

  /** The forms of numbers. */
  public enum Form {
    /** Whole number with commas between thousands. */
    INTEGER,
    /** A fixed number of decimals. */
    FIXED,
    /** A number of significant digits, with a power of ten if very small or very large. */
    SIGNIFICANT,
    /** A fraction of one, as a percentage. */
    PERCENT
  }

  /** Refuses numbers of digits beyond the precision of a double. */
  public NumberStyle {
    if (digits < 0 || digits > MOST_DIGITS || (form == Form.SIGNIFICANT && digits == 0)) {
      throw new IllegalArgumentException("digits is " + digits + ", out of range for " + form);
    }
  }

  /** Returns the style of whole numbers with commas between thousands. */
  public static NumberStyle integer() {
    return new NumberStyle(Form.INTEGER, 0);
  }

  /** Returns a style with a fixed number of decimals. */
  public static NumberStyle fixed(int decimals) {
    return new NumberStyle(Form.FIXED, decimals);
  }

  /** Returns a style with a number of significant digits. */
  public static NumberStyle significant(int digits) {
    return new NumberStyle(Form.SIGNIFICANT, digits);
  }

  /** Returns the style of percentages with a fixed number of decimals. */
  public static NumberStyle percent(int decimals) {
    return new NumberStyle(Form.PERCENT, decimals);
  }

  /** Formats a number. */
  public String format(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    if (Double.isInfinite(value)) {
      return value < 0 ? "−∞" : "∞";
    }
    String text =
        switch (form) {
          case INTEGER -> String.format(Locale.ROOT, "%,.0f", value);
          case FIXED -> String.format(Locale.ROOT, "%,." + digits + "f", value);
          case PERCENT -> String.format(Locale.ROOT, "%,." + digits + "f%%", 100 * value);
          case SIGNIFICANT -> significant(value);
        };
    // Rounding may produce a signed zero, which looks like a mistake.
    return text.matches("-[0.,]*%?") ? text.substring(1) : text.replace('-', '−');
  }

  /**
   * Returns this style with as many more significant digits as it takes to tell two ends of an
   * interval apart, up to a limit: an interval whose ends look alike would seem to be a point.
   */
  public NumberStyle apart(double low, double high) {
    NumberStyle style = this;
    while (form == Form.SIGNIFICANT
        && style.digits < MOST_DIGITS_APART
        && low < high
        && style.format(low).equals(style.format(high))) {
      style = significant(style.digits + 1);
    }
    return style.format(low).equals(style.format(high)) ? this : style;
  }

  /** Formats an estimate with its interval, or the number alone if it is exact. */
  public String format(Estimate estimate) {
    return estimate.isExact()
        ? format(estimate.value())
        : apart(estimate.low(), estimate.high()).format(estimate.value())
            + " "
            + interval(estimate);
  }

  /** Formats the interval of an estimate in brackets. */
  public String interval(Estimate estimate) {
    NumberStyle style = apart(estimate.low(), estimate.high());
    return "["
        + style.format(estimate.low())
        + letter(estimate.lowKind())
        + ", "
        + style.format(estimate.high())
        + letter(estimate.highKind())
        + "]";
  }

  /** The letter of a kind of end, after a space; see {@link Estimate#LEGEND}. */
  private static String letter(@Nullable EndKind kind) {
    return kind == null ? "" : " " + kind.wireName().charAt(0);
  }

  private String significant(double value) {
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded =
        new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < Math.max(digits, 6)) {
      int decimals = Math.max(0, digits - 1 - exponent);
      return String.format(Locale.ROOT, "%,." + decimals + "f", rounded);
    }
    BigDecimal mantissa = rounded.scaleByPowerOfTen(-exponent);
    return String.format(Locale.ROOT, "%." + (digits - 1) + "f×10", mantissa) + raised(exponent);
  }

  private static String raised(int exponent) {
    StringBuilder out = new StringBuilder();
    for (char c : Integer.toString(exponent).toCharArray()) {
      out.append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0'));
    }
    return out.toString();
  }
}
