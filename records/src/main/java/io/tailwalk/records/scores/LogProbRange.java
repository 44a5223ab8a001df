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

  private LogProbRange() {}

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
