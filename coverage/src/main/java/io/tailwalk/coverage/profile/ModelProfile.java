package io.tailwalk.coverage.profile;

import io.tailwalk.core.interval.Estimate;
import io.tailwalk.coverage.quantile.LikelihoodQuantile;
import java.util.List;
import java.util.Optional;

/**
 * Results for one model from held-out responses.
 *
 * @param model its name
 * @param rows responses
 * @param zeroProbability responses with probability zero under the model
 * @param crossEntropy mean of {@code -log q(y|x)}, nats per response; infinite if any row has q = 0
 * @param crossEntropyPerToken nats per token; empty if no response has a token, or a length is
 *     unknown
 * @param kl mean of {@code log pi - log q}, nats per response, if the reference is known
 * @param points the profile over N; empty without a reference
 * @param lengths breakdown by length, powers of two; empty if a length is unknown
 * @param quantiles likelihood quantiles by ascending epsilon, known also without a reference
 */
public record ModelProfile(
    String model,
    long rows,
    long zeroProbability,
    Estimate crossEntropy,
    Optional<Estimate> crossEntropyPerToken,
    Optional<Estimate> kl,
    List<ProfilePoint> points,
    List<LengthProfile> lengths,
    List<LikelihoodQuantile> quantiles) {
  /** Copies the lists. */
  public ModelProfile {
    points = List.copyOf(points);
    lengths = List.copyOf(lengths);
    quantiles = List.copyOf(quantiles);
  }
}
