package io.tailwalk.lab.letter;

/** Compares two texts written to the same request. */
@FunctionalInterface
interface Preference {
  /**
   * The judge's log-odds (nats) that the first text is better written than the second, averaged
   * over both orders in which they can be shown, so that a preference for a position cancels.
   */
  double logOdds(String request, String one, String other);
}
