package io.tailwalk.core.interval;

import java.util.Arrays;

/**
 * The direction in which a printed value differs from the truth on average. It follows from how a
 * value is computed and never from the value itself: a flag that depends on the value selects among
 * values.
 */
public enum Bias {
  /** No bias. */
  NONE("none", ""),
  /**
   * An estimate that is unbiased, or nearly unbiased if the draws determine the number of draws,
   * was moved into its interval if it was outside. The move brings it nearer to the truth whenever
   * the interval contains the true value, and leaves a bias of the order of its error: upwards if
   * the probability found raises an estimate that was too low.
   */
  CLAMPED("clamped", "within its ends"),
  /** Biased downwards by an unknown amount. */
  LOW("low", "errs low"),
  /** Biased upwards by an unknown amount. */
  HIGH("high", "errs high"),
  /** Biased in an unknown direction. */
  UNKNOWN("unknown", "bias unknown");

  private final String wireName;
  private final String words;

  Bias(String wireName, String words) {
    this.wireName = wireName;
    this.words = words;
  }

  /** The name used in files. */
  public String wireName() {
    return wireName;
  }

  /** A short label for a table; empty if there is no bias to report. */
  public String words() {
    return words;
  }

  /** Whether only the ends are reliable. */
  public boolean isOneSidedOrUnknown() {
    return this == LOW || this == HIGH || this == UNKNOWN;
  }

  /** The bias of a mean of two values. */
  public Bias with(Bias other) {
    if (this == other || other == NONE) {
      return this;
    }
    if (this == NONE) {
      return other;
    }
    return UNKNOWN;
  }

  /**
   * The bias with the given name.
   *
   * @throws IllegalArgumentException if the name is unknown
   */
  public static Bias named(String wireName) {
    return Arrays.stream(values())
        .filter(bias -> bias.wireName.equals(wireName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown bias '" + wireName + "'"));
  }
}
