package io.tailwalk.sampling;

/** Checks parameters one by one, so that a refusal names the one at fault. */
public final class Least {
  private Least() {}

  /**
   * Refuses what is smaller.
   *
   * @throws IllegalArgumentException naming the parameter and its range
   */
  public static void require(String parameter, long given, long least) {
    if (given < least) {
      throw new IllegalArgumentException(
          parameter + " must be at least " + least + ", got " + given);
    }
  }
}
