package io.tailwalk.verifiers.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DecimalNode;

/** Numbers of JSON texts with any exponent; {@link BigDecimal} alone has those of 32 bits. */
final class Decimals {
  /**
   * The greatest exponent of a number in a schema. Texts are compared with numbers of schemas, so
   * that exponents far beyond this one need not be told apart.
   */
  static final int MAX_SCHEMA_EXPONENT = 10_000;

  /** The exponent that stands for itself and greater ones. */
  private static final int MAX_EXPONENT = 100_000_000;

  private static final Pattern LEADING = Pattern.compile("^[-+]?0*");

  private Decimals() {}

  /**
   * A number with a long exponent: its decimal value stands for it in comparisons with numbers of a
   * schema.
   */
  static final class LongExponent extends DecimalNode {
    private static final long serialVersionUID = 1;

    private final transient Exact exact;

    private LongExponent(BigDecimal value, Exact exact) {
      super(value);
      this.exact = exact;
    }
  }

  /** A number as digits, without zeros at their end, times a power of ten: equal if equal. */
  record Exact(BigInteger digits, BigInteger power) {
    private static Exact of(BigDecimal value, BigInteger shift) {
      if (value.signum() == 0) {
        return new Exact(BigInteger.ZERO, BigInteger.ZERO);
      }
      BigDecimal plain = value.stripTrailingZeros();
      return new Exact(plain.unscaledValue(), shift.subtract(BigInteger.valueOf(plain.scale())));
    }
  }

  /** The exact value of a number in a JSON value. */
  static Exact exact(JsonNode number) {
    return number instanceof LongExponent large
        ? large.exact
        : Exact.of(number.decimalValue(), BigInteger.ZERO);
  }

  /**
   * A number that is to every number of a schema as the written one is: equal, less or greater, and
   * a multiple or none. A huge exponent is reduced: the value remains beyond all bounds, and more
   * zeros at its end do not matter to the divisors.
   */
  static BigDecimal comparable(String text) {
    int e = exponentAt(text);
    if (e < 0 || !isLong(text.substring(e + 1))) {
      return new BigDecimal(text);
    }
    BigDecimal mantissa = new BigDecimal(text.substring(0, e));
    boolean down = text.charAt(e + 1) == '-';
    return mantissa.signum() == 0
        ? BigDecimal.ZERO
        : mantissa.scaleByPowerOfTen(down ? -MAX_EXPONENT : MAX_EXPONENT);
  }

  /** A number with a point or an exponent. */
  static JsonNode node(String text) {
    BigDecimal value = comparable(text);
    int e = exponentAt(text);
    if (value.signum() == 0 || e < 0 || !isLong(text.substring(e + 1))) {
      return DecimalNode.valueOf(value);
    }
    var power = new BigInteger(text.substring(e + 1));
    return new LongExponent(value, Exact.of(new BigDecimal(text.substring(0, e)), power));
  }

  /** Whether a schema may have a number. */
  static boolean isModerate(JsonNode number) {
    if (number instanceof LongExponent) {
      return false;
    }
    BigDecimal value = number.decimalValue();
    long power = (long) value.precision() - value.scale();
    return value.signum() == 0 || Math.abs(power) <= MAX_SCHEMA_EXPONENT;
  }

  /** The value of an exponent's digits, at most {@link #MAX_EXPONENT}. */
  static int power(String digits) {
    String significant = LEADING.matcher(digits).replaceFirst("");
    return isLong(digits)
        ? MAX_EXPONENT
        : significant.isEmpty() ? 0 : Integer.parseInt(significant);
  }

  private static boolean isLong(String exponent) {
    return LEADING.matcher(exponent).replaceFirst("").length() > 8;
  }

  private static int exponentAt(String text) {
    return Math.max(text.indexOf('e'), text.indexOf('E'));
  }
}
