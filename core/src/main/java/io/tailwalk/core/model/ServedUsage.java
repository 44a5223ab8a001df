package io.tailwalk.core.model;

import java.util.OptionalLong;

/**
 * What a server was asked for, as counted here and as the server reports it. The two are kept
 * apart: servers count copies, cut texts and caches in different ways.
 *
 * @param address the server's address, without secrets
 * @param requests requests sent, repetitions included
 * @param repeatedRequests requests that were sent again after a failure
 * @param leftOut whether the server is left out now, because it failed or has another model
 * @param drawnTokens tokens of draws that were received
 * @param drawnTokensReported the server's own count of the tokens of these draws; empty if it
 *     reports none
 * @param promptTokensReported the server's count of the tokens of all prompts, those from its cache
 *     included; empty if it reports none
 * @param cachedTokensReported the server's count of those from its cache; empty if it reports none
 */
public record ServedUsage(
    String address,
    long requests,
    long repeatedRequests,
    boolean leftOut,
    long drawnTokens,
    OptionalLong drawnTokensReported,
    OptionalLong promptTokensReported,
    OptionalLong cachedTokensReported) {
  /** Relative difference of counts that is worth a note. */
  private static final double TOLERANCE = 0.01;

  /** Whether the two counts of drawn tokens differ by more than 1%. */
  public boolean countsDiffer() {
    return drawnTokensReported.isPresent()
        && Math.abs(drawnTokensReported.getAsLong() - drawnTokens)
            > TOLERANCE * Math.max(1, drawnTokens);
  }
}
