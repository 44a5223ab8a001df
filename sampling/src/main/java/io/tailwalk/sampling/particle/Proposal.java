package io.tailwalk.sampling.particle;

import io.tailwalk.core.random.Chooser;

/**
 * Moves of particles down the tree by one action, and the factor by which each move changes their
 * weight. The factors along a path multiply to {@code pi(l) tau(l)} divided by the probability of
 * proposing the path.
 */
interface Proposal {

  /** Prepares the moves from the given nodes in one model batch. */
  void prepare(int[] nodes);

  /** The log-factor known before the move, given that the node is prepared. */
  double logFactorBefore(int node);

  /** Draws the destination of each prepared node of positive weight. */
  int[] move(int[] nodes, Chooser chooser);

  /** Computes the factors of moves; false if the run cuts it short. */
  boolean settle(int[] to);

  /** The log-factor of a move after its factors are computed. */
  double logFactorAfter(int from, int to);

  /** Maximal number of model tokens that one move costs. */
  long tokensPerMove();

  /** Maximal number of model tokens that a move from each of the given nodes costs. */
  default long tokensOfMoves(int[] nodes) {
    return nodes.length * tokensPerMove();
  }

  /** Maximal number of tokens that one move adds. */
  int actionLength();
}
