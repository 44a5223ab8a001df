package io.tailwalk.verifiers.process;

import java.time.Duration;

/**
 * Time limit and restarts of an external verifier.
 *
 * @param timeLimit longest wait for the next answer; above zero
 * @param maxRestarts maximal number of consecutive restarts without any answer; at least 0
 * @param backOff wait before the first of these restarts, doubled with each
 */
public record CommandOptions(Duration timeLimit, int maxRestarts, Duration backOff) {
  /** 10 seconds, two restarts, after 100 and 200 ms. */
  public static final CommandOptions DEFAULT =
      new CommandOptions(Duration.ofSeconds(10), 2, Duration.ofMillis(100));

  /** Refuses limits out of range. */
  public CommandOptions {
    if (timeLimit.isNegative() || timeLimit.isZero()) {
      throw new IllegalArgumentException(
          "the time limit of a verifier must be above zero, got " + timeLimit);
    }
    if (maxRestarts < 0 || backOff.isNegative()) {
      throw new IllegalArgumentException(
          "restarts and back-off must not be negative, got " + maxRestarts + " and " + backOff);
    }
  }

  /** These options with a different time limit. */
  public CommandOptions withTimeLimit(Duration limit) {
    return new CommandOptions(limit, maxRestarts, backOff);
  }
}
