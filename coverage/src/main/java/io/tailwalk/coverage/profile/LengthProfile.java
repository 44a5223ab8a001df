package io.tailwalk.coverage.profile;

import java.util.List;

/**
 * The profile for responses of similar length.
 *
 * @param fromTokens shortest length, tokens
 * @param toTokens longest length, tokens
 * @param rows responses
 * @param crossEntropy mean of {@code -log q}, nats per response
 * @param crossEntropyPerToken nats per token
 * @param coverage share under-weighted at each N of the grid; empty without a reference
 */
public record LengthProfile(
    long fromTokens,
    long toTokens,
    long rows,
    double crossEntropy,
    double crossEntropyPerToken,
    List<Double> coverage) {
  /** Copies the list. */
  public LengthProfile {
    coverage = List.copyOf(coverage);
  }
}
