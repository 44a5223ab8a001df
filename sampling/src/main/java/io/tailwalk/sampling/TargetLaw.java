package io.tailwalk.sampling;

/** How the law of a sampler's output stands to the target {@code pi*(y) ~ pi(y) tau(y)}. */
public enum TargetLaw {
  /** Every returned completion has law {@code pi*}. */
  EXACT("exact"),
  /** The law tends to {@code pi*} as the budget grows. */
  EXACT_IN_THE_LIMIT("exact in the limit"),
  /** The law differs from {@code pi*} at any budget. */
  BIASED("biased");

  private final String wireName;

  TargetLaw(String wireName) {
    this.wireName = wireName;
  }

  /** The words used in files and reports. */
  public String wireName() {
    return wireName;
  }
}
