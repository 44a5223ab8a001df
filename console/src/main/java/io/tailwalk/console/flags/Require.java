package io.tailwalk.console.flags;

import io.tailwalk.runs.work.InputException;

/** Checks what flags give; the refusal names the flag and what it takes. */
public final class Require {
  /** More threads than this help nobody, and each prompt's tree gets its share of the memory. */
  public static final int MOST_THREADS = 1024;

  /** The longest completion; some samplers keep arrays of that length. */
  public static final int MOST_TOKENS = 1_000_000;

  private Require() {}

  /** Refuses with a sentence of one's own. */
  public static void that(boolean condition, String sentence) {
    if (!condition) {
      throw new InputException(sentence);
    }
  }

  /** A whole number from {@code least} on. */
  public static void atLeast(String flag, long given, long least) {
    that(given >= least, flag + " must be at least " + least + ", got " + given);
  }

  /** A whole number of a range, both ends included. */
  public static void between(String flag, long given, long least, long most) {
    that(
        given >= least && given <= most,
        flag + " must lie in " + least + " to " + most + ", got " + given);
  }

  /** A number of threads. */
  public static void threads(int given) {
    between("--threads", given, 1, MOST_THREADS);
  }

  /** A positive number. */
  public static void positive(String flag, double given) {
    that(given > 0 && Double.isFinite(given), flag + " must be above 0 and finite, got " + given);
  }

  /** A probability that is neither 0 nor 1. */
  public static void probability(String flag, double given) {
    that(given > 0 && given < 1, flag + " must lie strictly between 0 and 1, got " + given);
  }
}
