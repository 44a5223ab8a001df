package io.tailwalk.lab.letter;

/** Compares two texts written to the same request. */
@FunctionalInterface
interface Preference {
  /**
   * The judge's log-odds (nats) that the first text is better written than the second. Exchanging
   * the two changes the sign only: a judge that reads both at once answers in both orders, and its
   * preference for a position cancels.
   */
  double logOdds(String request, String one, String other);
}
