package io.tailwalk.sampling;

/**
 * Parameters of {@code smc-lookahead} beside those of the particles.
 *
 * @param blockLength tokens that a particle draws between two weightings, at least 1
 * @param rollouts responses drawn from a prefix to estimate its mean reward, at least 0; without
 *     any the value of the prefix is used as it is
 * @param moves Metropolis-Hastings moves of each particle after each block, at least 0
 */
public record LookaheadParameters(int blockLength, int rollouts, int moves) {
  /**
   * Blocks of 4 tokens, 1 response, 1 move: half of what the paper is said to use, since here every
   * particle moves after every block, and a system has to fit in a small budget.
   */
  public static final LookaheadParameters DEFAULT =
      new LookaheadParameters(Samplers.BLOCK_LENGTH, 1, 1);

  /** Refuses numbers out of range. */
  public LookaheadParameters {
    Least.require("block_length", blockLength, 1);
    Least.require("rollouts", rollouts, 0);
    Least.require("moves", moves, 0);
  }
}
