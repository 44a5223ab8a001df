package io.tailwalk.core.verify;

import java.util.Optional;

/**
 * How the distribution of a sampler's output relates to its target {@code pi*(y) ~ pi(y) tau(y)}.
 */
public enum TargetDistribution {
  /** Every output follows the target. */
  EXACT("exact"),
  /** The distribution tends to the target as the budget grows. */
  EXACT_IN_THE_LIMIT("exact in the limit"),
  /** The distribution differs from the target at any budget. */
  BIASED("biased");

  private final String wireName;

  TargetDistribution(String wireName) {
    this.wireName = wireName;
  }

  /** The words used in files and reports. */
  public String wireName() {
    return wireName;
  }

  /** The value with a given wire name; empty if the name is unknown. */
  public static Optional<TargetDistribution> of(String name) {
    for (TargetDistribution value : values()) {
      if (value.wireName.equals(name)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
