package io.tailwalk.sampling.adaptive;

/**
 * A twist that looks ahead: with the last tokens of prefixes as the states of a Markov chain, the
 * expected reward at the end in units of the value now, by depth. It is 0 nats for a value that is
 * right.
 *
 * @param places of the tokens that are states of their own
 * @param logFactors by depth, and by place plus one; 0 is the state of all other tokens
 */
@SuppressWarnings("ArrayRecordComponent") // private to this package and never changed
record TokenChain(TokenPlaces places, double[][] logFactors) implements PlacedTwist {
  @Override
  public double logFactorAt(int parent, int place, int depth, double logValue) {
    return logValue == Double.NEGATIVE_INFINITY ? 0 : logFactors[depth][place + 1];
  }
}
