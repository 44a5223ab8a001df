package io.tailwalk.verifiers.spec;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The time limit in brackets after a verifier's kind: {@code cmd[30s]}. */
public final class TimeLimit {
  private static final Pattern NAME = Pattern.compile("[a-z-]+(?:\\[(\\d{1,6})(ms|s|m)])?");

  private TimeLimit() {}

  /**
   * Reads the time limit.
   *
   * @param name kind and brackets, such as {@code cmd[30s]} (units ms, s, m)
   * @return empty without brackets
   * @throws IllegalArgumentException if it is malformed or zero
   */
  public static Optional<Duration> of(String name) {
    Matcher limit = NAME.matcher(name);
    if (!limit.matches() || (limit.group(1) != null && Long.parseLong(limit.group(1)) == 0)) {
      String kind = name.replaceFirst("\\[.*", "");
      throw new IllegalArgumentException(
          "verifier " + name + " has a bad time limit; write " + kind + "[30s]: (units ms, s, m)");
    }
    if (limit.group(1) == null) {
      return Optional.empty();
    }
    long number = Long.parseLong(limit.group(1));
    return Optional.of(
        switch (limit.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofSeconds(number);
        });
  }
}
