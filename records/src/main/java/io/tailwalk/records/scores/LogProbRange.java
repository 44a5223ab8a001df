package io.tailwalk.records.scores;

import io.tailwalk.records.JsonRow;
import io.tailwalk.records.TableException;
import java.nio.file.Path;

/** The valid range of the log-probability of a discrete response. */
public final class LogProbRange {
  /** A sum of rounded terms may end this far above zero, and then counts as zero. */
  public static final double ROUNDING = 1e-6;

  /**
   * Half-precision arithmetic may end this far above zero; such a value counts as zero too, and
   * whoever reads it says so once.
   */
  public static final double TOLERATED = 1e-2;

  /** Rounding of a stored sum and of the terms that it was computed from, in half precision too. */
  public static final double SUM_ABSOLUTE = 1e-2;

  /** The same in proportion to the sum. */
  public static final double SUM_RELATIVE = 1e-3;

  /** How to fix a contradiction. */
  public static final String AGREE = "make them agree";

  private LogProbRange() {}

  /** Whether a stored sum is the sum of its terms but for rounding. */
  public static boolean agree(double given, double sum) {
    return given == sum || Math.abs(given - sum) <= SUM_ABSOLUTE + SUM_RELATIVE * Math.abs(sum);
  }

  /** The problem with a stored sum that is not the sum of its terms. */
  public static String contradiction(String scalar, double given, String list, double sum) {
    return "\"%s\" is %s, but \"%s\" sums to %s".formatted(scalar, given, list, sum);
  }

  /**
   * The value, at most 0.
   *
   * @throws TableException if it is not the logarithm of a probability
   */
  public static double require(Path file, long row, String field, double value) {
    if (value <= TOLERATED) {
      return Math.min(value, 0.0);
    }
    throw TableException.at(file, row, problem(field, value), fix(value));
  }

  /** Whether a value counts as zero only by tolerance, which its reader says. */
  public static boolean isTolerated(double value) {
    return value > ROUNDING && value <= TOLERATED;
  }

  /**
   * The number written as decimal text.
   *
   * @throws TableException if it is not one, or too large for a double
   */
  static double parse(JsonRow row, String field, String text) {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException _) {
      throw row.error(
          "the field \"" + field + "\" holds " + TableException.quoted(text), "give a number");
    }
    if (Double.isInfinite(value)) {
      throw row.error(
          "the field \"" + field + "\" is too large for a double", "give a finite number");
    }
    return value;
  }

  /** The problem with a value. */
  public static String problem(String field, double value) {
    if (Double.isNaN(value)) {
      return "\"" + field + "\" is NaN";
    }
    return "\"" + field + "\" is " + (Double.isInfinite(value) ? "+inf" : value) + ", above 0";
  }

  /** How to fix it. */
  public static String fix(double value) {
    return Double.isNaN(value)
        ? "score the response again, or write -inf if its probability is zero"
        : "give the natural logarithm of the probability, at most 0";
  }
}
