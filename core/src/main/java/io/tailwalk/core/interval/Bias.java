package io.tailwalk.core.interval;

import java.util.Arrays;

/**
 * Which way a printed value differs from the truth on average. It follows from how a value is made
 * and never from the value seen: a flag that looks at the value selects among values.
 */
public enum Bias {
  /** Neither way. */
  NONE("none", ""),
  /**
   * Unbiased up to terms that vanish faster than the error as the budget grows: a value is moved
   * into its interval, or what was drawn decides how much is drawn.
   */
  VANISHING("vanishing", "nearly unbiased"),
  /** It erred low and has been corrected to second order. */
  CORRECTED("corrected", "corrected"),
  /** It errs low, by how much is not known. */
  LOW("low", "errs low"),
  /** It errs high, by how much is not known. */
  HIGH("high", "errs high"),
  /** It may err either way. */
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

  /** A word or two for a table; empty where there is nothing to say. */
  public String words() {
    return words;
  }

  /** Whether only the ends are to be relied on. */
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
    return isOneSidedOrUnknown() || other.isOneSidedOrUnknown() ? UNKNOWN : CORRECTED;
  }

  /**
   * The bias of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Bias named(String wireName) {
    return Arrays.stream(values())
        .filter(bias -> bias.wireName.equals(wireName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown bias '" + wireName + "'"));
  }
}
