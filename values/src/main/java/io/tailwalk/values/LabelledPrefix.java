package io.tailwalk.values;

import io.tailwalk.core.verify.Candidate;

/**
 * A prefix with an unbiased estimate of its value, from which a value can be learned.
 *
 * @param prefix the prefix, not empty and not complete
 * @param value the estimate of {@code E[tau | prefix]}, finite and at least 0
 */
public record LabelledPrefix(Candidate prefix, double value) {
  /** Refuses values that are no expectation of a tilt. */
  public LabelledPrefix {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException("a label must be finite and at least 0, got " + value);
    }
    if (prefix.isComplete() || prefix.tokenIds().length == 0) {
      throw new IllegalArgumentException(
          "a label belongs to a prefix that is not empty, got " + prefix);
    }
  }
}
