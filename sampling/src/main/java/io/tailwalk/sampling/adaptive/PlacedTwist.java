package io.tailwalk.sampling.adaptive;

/** A twist that knows the last token of a prefix by its place among a few. */
sealed interface PlacedTwist extends Twist permits LinearTwist, StateChain, TokenChain {
  /** The tokens with a place. */
  TokenPlaces places();

  /**
   * The correction of an inner node, in nats; 0 if its value is 0.
   *
   * @param parent the node it is a child of
   * @param place of its last token; -1 for none
   * @param depth its number of tokens
   * @param logValue its {@code log V}
   */
  double logFactorAt(int parent, int place, int depth, double logValue);

  @Override
  default double logFactor(int parent, int lastToken, int depth, double logValue) {
    return logFactorAt(parent, places().of(lastToken), depth, logValue);
  }
}
