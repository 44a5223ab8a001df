package io.tailwalk.sampling.particle;

import io.tailwalk.core.random.Chooser;

/**
 * How particles move down the tree by one action, and the factor by which each move changes their
 * weight. The factors along a path multiply to {@code pi(l) tau(l)} over the probability of
 * proposing the path.
 */
interface Proposal {

  /** The nodes are about to be moved from; makes what that takes known, in one model batch. */
  void prepare(int[] nodes);

  /** The log-factor known before the move, given that the node is prepared. */
  double logFactorBefore(int node);

  /** Draws where each prepared node of positive weight goes to. */
  int[] move(int[] nodes, Chooser chooser);

  /** Makes the factors of moves known. */
  void settle(int[] to);

  /** The log-factor of a move that is settled. */
  double logFactorAfter(int from, int to);

  /** The most model tokens that one move costs. */
  int tokensPerMove();

  /** The most tokens that one move adds. */
  int actionLength();
}
