package io.tailwalk.console.flags;

import io.tailwalk.runs.work.InputException;

/** Checks of flag values; an error message names the flag and the values that it accepts. */
public final class Require {
  /** Maximum number of threads; more bring no speed, and each prompt's tree shares the memory. */
  public static final int MOST_THREADS = 1024;

  /** Maximum length of a completion; some samplers store arrays of this length. */
  public static final int MOST_TOKENS = 1_000_000;

  private Require() {}

  /** Refuses with the given sentence if the condition is false. */
  public static void that(boolean condition, String sentence) {
    if (!condition) {
      throw new InputException(sentence);
    }
  }

  /** Requires a whole number of at least {@code least}. */
  public static void atLeast(String flag, long given, long least) {
    that(given >= least, flag + " must be at least " + least + ", got " + given);
  }

  /** Requires a whole number in a range, both ends included. */
  public static void between(String flag, long given, long least, long most) {
    that(
        given >= least && given <= most,
        flag + " must be between " + least + " and " + most + ", got " + given);
  }

  /** Requires a valid number of threads. */
  public static void threads(int given) {
    between("--threads", given, 1, MOST_THREADS);
  }

  /** Requires a positive, finite number. */
  public static void positive(String flag, double given) {
    that(given > 0 && Double.isFinite(given), flag + " must be above 0 and finite, got " + given);
  }

  /** Requires a probability that is neither 0 nor 1. */
  public static void probability(String flag, double given) {
    that(given > 0 && given < 1, flag + " must be strictly between 0 and 1, got " + given);
  }
}
