package io.tailwalk.report.coverage;

import io.tailwalk.coverage.paired.Needed;
import java.util.Optional;

/**
 * How many more are needed, as JSON.
 *
 * @param status {@code further}, {@code not_by_samples_alone} or {@code unknown}
 * @param count how many; null unless the status is {@code further}
 */
public record NeededForm(String status, Optional<Long> count) {
  /** The form of a number of prompts or samples. */
  public static NeededForm of(Needed needed) {
    return new NeededForm(
        needed.wireName(),
        needed instanceof Needed.Further further ? Optional.of(further.count()) : Optional.empty());
  }
}
