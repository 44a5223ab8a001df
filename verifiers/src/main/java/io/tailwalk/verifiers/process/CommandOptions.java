package io.tailwalk.verifiers.process;

import java.time.Duration;

/**
 * How patient to be with an external verifier.
 *
 * @param timeLimit longest wait for the next answer; above zero
 * @param maxRestarts how often in a row the program is started again without having answered
 *     anything; at least 0
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

  /** These options with another time limit. */
  public CommandOptions withTimeLimit(Duration limit) {
    return new CommandOptions(limit, maxRestarts, backOff);
  }
}
