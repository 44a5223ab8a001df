package io.tailwalk.bench;

import java.util.Locale;
import java.util.function.Supplier;

/** Checks of the arguments of the programs behind the scripts. */
final class Arguments {
  private static final int LEAST_VOCABULARY = 256;
  private static final int LARGEST_VOCABULARY = 2_000_000;

  private Arguments() {}

  /**
   * What {@code reading} makes of the arguments; ends the program with 2 and one sentence if it
   * throws {@link IllegalArgumentException}. Failures of the run itself are none of this.
   */
  static <T> T read(String script, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      System.err.println(script + ": " + e.getMessage());
      System.exit(2);
      throw e;
    }
  }

  /** A number of tokens of a vocabulary, which has room for all of the model's tables. */
  static int vocabulary(String name, String text) {
    return (int) number(name, text, LEAST_VOCABULARY, LARGEST_VOCABULARY);
  }

  static long number(String name, String text, long least, long most) {
    if (text.matches("[0-9]{1,18}")) {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s must be a whole number from %d to %d, got '%s'",
            name,
            least,
            most,
            text));
  }
}
