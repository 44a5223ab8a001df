package io.tailwalk.sampling.adaptive;

/**
 * A correction of the value: inner nodes count as {@code V(v) exp(logFactor)}. Any finite
 * correction keeps estimates unbiased; a good one makes {@code V} agree with {@code S}.
 */
@FunctionalInterface
interface Twist {

  /** No correction. */
  Twist NONE = (parent, lastToken, depth, logValue) -> 0;

  /**
   * The correction of an inner node, in nats.
   *
   * @param parent the node it is a child of
   * @param lastToken its last token
   * @param depth its number of tokens
   * @param logValue its {@code log V}
   */
  double logFactor(int parent, int lastToken, int depth, double logValue);
}
