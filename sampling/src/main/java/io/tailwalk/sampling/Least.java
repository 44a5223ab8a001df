package io.tailwalk.sampling;

/** Checks parameters one by one, so that an error message names the invalid parameter. */
public final class Least {
  private Least() {}

  /**
   * Refuses a smaller value.
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
