package io.tailwalk.core.probe;

import java.util.List;

/**
 * All that a probe found.
 *
 * @param results one entry a check, in the order they ran
 * @param band largest difference of a log-probability (nats) between evaluating a prefix in one go
 *     and token by token, over the whole vocabulary; NaN if it could not be measured
 * @param totalVariation the same, as the largest total variation distance of the laws, 0 .. 1
 */
public record ProbeReport(List<ProbeResult> results, double band, double totalVariation) {
  /** Keeps an immutable copy. */
  public ProbeReport {
    results = List.copyOf(results);
  }

  /** Whether no check rules exact results out. */
  public boolean exactnessPossible() {
    return results.stream().noneMatch(result -> result.outcome() == ProbeOutcome.FAIL);
  }
}
