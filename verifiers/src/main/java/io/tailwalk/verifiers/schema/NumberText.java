package io.tailwalk.verifiers.schema;

import java.math.BigDecimal;

/**
 * The beginning of a number in a JSON text (RFC 8259, section 6).
 *
 * @param at where in the syntax it is
 * @param text its characters; empty where nobody needs them
 */
record NumberText(At at, String text) {
  /** A place in the syntax of a number. */
  enum At {
    START,
    SIGN,
    ZERO,
    INTEGER,
    POINT,
    FRACTION,
    E,
    E_SIGN,
    EXPONENT,
    NOWHERE;

    boolean isComplete() {
      return this == ZERO || this == INTEGER || this == FRACTION || this == EXPONENT;
    }

    private At next(char c) {
      boolean digit = c >= '0' && c <= '9';
      return switch (this) {
        case START -> c == '-' ? SIGN : digit ? (c == '0' ? ZERO : INTEGER) : NOWHERE;
        case SIGN -> digit ? (c == '0' ? ZERO : INTEGER) : NOWHERE;
        case ZERO, INTEGER ->
            c == '.' ? POINT : c == 'e' || c == 'E' ? E : digit && this == INTEGER ? this : NOWHERE;
        case POINT, FRACTION ->
            digit ? FRACTION : this == FRACTION && (c == 'e' || c == 'E') ? E : NOWHERE;
        case E -> c == '+' || c == '-' ? E_SIGN : digit ? EXPONENT : NOWHERE;
        case E_SIGN, EXPONENT -> digit ? EXPONENT : NOWHERE;
        case NOWHERE -> NOWHERE;
      };
    }
  }

  /** Before the first character. */
  static final NumberText START = new NumberText(At.START, "");

  /** With one more character; its place is {@link At#NOWHERE} if that is not a number. */
  NumberText with(char c, boolean keepsText) {
    return new NumberText(at.next(c), keepsText ? text + c : "");
  }

  /**
   * A text that may become an integer if and only if this one may, by the same characters: of an
   * unfinished run of digits only the zeros at its end matter.
   */
  NumberText shortened() {
    if (at != At.INTEGER) {
      return this;
    }
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return new NumberText(at, "1" + text.substring(end));
  }

  /** The number, if it is complete, as it compares with numbers of a schema. */
  BigDecimal value() {
    return Decimals.comparable(text);
  }

  /** Whether some number that begins with this text may be in a set; no doubt means yes. */
  boolean mayReach(NumberShape shape) {
    if (shape.isAllIntegers()) {
      return true;
    }
    boolean negative = text.startsWith("-");
    int e = Math.max(text.indexOf('e'), text.indexOf('E'));
    String mantissa = e < 0 ? text : text.substring(0, e);
    String digits = mantissa.replaceAll("[-.]", "").replaceFirst("^0+", "");
    if (digits.isEmpty()) {
      boolean onlyZero = e >= 0 && !mantissa.isEmpty();
      return shape.admits(BigDecimal.ZERO) || (!onlyZero && shape.mayHaveSign(negative));
    }
    if (!shape.mayHaveSign(negative)) {
      return false;
    }
    if (shape.values() != null) {
      return shape.values().stream().anyMatch(v -> isBegunBy(v, digits, negative, e >= 0));
    }
    BigDecimal largest = shape.largest(negative);
    if (shape.isOfIntegers() && largest != null) {
      BigDecimal least = new BigDecimal(digits.replaceFirst("0+$", ""));
      if (least.compareTo(largest) > 0) {
        return false;
      }
    }
    return e < 0 || exponentFits(shape, new BigDecimal(mantissa).abs(), e, negative);
  }

  /** Whether a value's significant digits begin with some, zeros behind them included. */
  private static boolean isBegunBy(BigDecimal value, String digits, boolean negative, boolean all) {
    if (value.signum() != (negative ? -1 : 1)) {
      return false;
    }
    String own = value.stripTrailingZeros().unscaledValue().abs().toString();
    String significant = digits.replaceFirst("0+$", "");
    return all ? own.equals(significant) : significant.equals(own) || own.startsWith(digits);
  }

  private boolean exponentFits(NumberShape shape, BigDecimal mantissa, int e, boolean negative) {
    String exponent = text.substring(e + 1);
    boolean down = exponent.startsWith("-");
    String digits = exponent.replaceFirst("^[-+]", "");
    if (exponent.isEmpty()) {
      return true;
    }
    int power = Decimals.power(digits);
    if (down) {
      BigDecimal most = mantissa.scaleByPowerOfTen(-power);
      return most.compareTo(shape.smallest(negative)) >= 0;
    }
    BigDecimal largest = shape.largest(negative);
    return largest == null || mantissa.scaleByPowerOfTen(power).compareTo(largest) <= 0;
  }
}
