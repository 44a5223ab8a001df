package io.tailwalk.coverage.paired;

/** How many more prompts, or samples per prompt, would settle a difference. */
public sealed interface Needed {
  /**
   * A number of further ones.
   *
   * @param count at least 0; 0 if the difference is settled already
   */
  record Further(long count) implements Needed {
    /** Checks the range. */
    public Further {
      if (count < 0) {
        throw new IllegalArgumentException("a negative number of further ones, " + count);
      }
    }
  }

  /** More samples alone do not settle it: prompts differ too much among each other. */
  record OutOfReach() implements Needed {}

  /** Cannot be said: the estimate is 0, infinite or unknown, or so is its variance. */
  record Unknown() implements Needed {}

  /** Settled already: the interval excludes 0. */
  static Needed settled() {
    return new Further(0);
  }

  /** In words; a number alone if there is one. */
  default String words() {
    return switch (this) {
      case Further further -> Long.toString(further.count());
      case OutOfReach _ -> "not reachable by more samples alone";
      case Unknown _ -> "unknown";
    };
  }

  /** The name used in files: {@code further}, {@code not_by_samples_alone} or {@code unknown}. */
  default String wireName() {
    return switch (this) {
      case Further _ -> "further";
      case OutOfReach _ -> "not_by_samples_alone";
      case Unknown _ -> "unknown";
    };
  }
}
