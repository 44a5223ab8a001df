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
   * An estimate that is unbiased, or nearly so where what was drawn decides how much is drawn, has
   * been moved into its interval if it lay outside. That brings it nearer to the truth wherever the
   * interval holds, and leaves it a bias of the order of its error: high where the mass found lifts
   * what came out low.
   */
  CLAMPED("clamped", "within its ends"),
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
    return UNKNOWN;
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
