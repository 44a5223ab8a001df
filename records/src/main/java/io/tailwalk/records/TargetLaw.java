package io.tailwalk.records;

/** How the law of a sampler's output relates to the law it aims at. */
public enum TargetLaw {
  /** Every output follows the target. */
  EXACT("exact"),
  /** The law tends to the target as the sampler is given more work. */
  EXACT_IN_THE_LIMIT("exact in the limit"),
  /** The law differs from the target however much work is spent. */
  BIASED("biased");

  private final String wireName;

  TargetLaw(String wireName) {
    this.wireName = wireName;
  }

  /** The words that stand for it in files and tables. */
  public String wireName() {
    return wireName;
  }

  /**
   * The law of a given name.
   *
   * @param name as {@link #wireName()} gives it
   * @return the law of that name
   * @throws IllegalArgumentException when there is none
   */
  public static TargetLaw of(String name) {
    for (TargetLaw law : values()) {
      if (law.wireName.equals(name)) {
        return law;
      }
    }
    throw new IllegalArgumentException(
        "target_law is "
            + TableException.quoted(name)
            + ", not \"exact\", \"exact in the limit\" or \"biased\"");
  }
}
