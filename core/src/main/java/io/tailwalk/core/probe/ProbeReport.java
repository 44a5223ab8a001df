package io.tailwalk.core.probe;

import java.util.List;

/**
 * Results of a probe.
 *
 * @param results one entry per check, in the order of execution
 * @param band largest difference of a log-probability (nats) between evaluating a prefix at once
 *     and token by token, over the complete vocabulary; NaN if it could not be measured
 * @param totalVariation the same, as the largest total variation distance of the distributions, 0
 *     .. 1
 */
public record ProbeReport(List<ProbeResult> results, double band, double totalVariation) {
  /** Keeps an immutable copy. */
  public ProbeReport {
    results = List.copyOf(results);
  }

  /** Whether no check rules out exact results. */
  public boolean exactnessPossible() {
    return results.stream().noneMatch(result -> result.outcome() == ProbeOutcome.FAIL);
  }
}
