package io.tailwalk.sampling.walk;

import io.tailwalk.core.tree.Explorer;
import io.tailwalk.sampling.Least;

/**
 * How walks make tours.
 *
 * @param walks walks at the same time on one tree, at least 1: each round of expansions is one
 *     model batch
 * @param copies independent copies of the tree where children are sampled, at least 2 for an
 *     interval; 1 copy serves where children are enumerated
 * @param calibrationDescents guided descents that set the value's scale per depth first; 0 for none
 * @param tours limit on tours
 * @param tokensPerCall model tokens a call to reach on average, by expanding beside the nodes that
 *     walks stand at some that they will likely want; half the walks at most, so that a single walk
 *     expands nothing but what it needs; 0 for never
 */
public record WalkParameters(
    int walks, int copies, int calibrationDescents, long tours, int tokensPerCall) {
  /**
   * 16 walks, 16 copies, 8 descents, 7 tokens a call, and 100,000 tours: where a tree is soon known
   * whole, tours cost nothing and need an end.
   */
  public static final WalkParameters DEFAULT = new WalkParameters(16, 16, 8, 100_000, 7);

  /** Refuses sizes below 1, negative descents and tokens. */
  public WalkParameters {
    Least.require("walks", walks, 1);
    Least.require("copies", copies, 1);
    Least.require("tours", tours, 1);
    Least.require("calibrate", calibrationDescents, 0);
    Least.require("tokens_per_call", tokensPerCall, 0);
  }

  /** What fills the batches of a run. */
  BatchFiller filler(Explorer explorer) {
    return new BatchFiller(explorer, Math.min(tokensPerCall, walks / 2));
  }

  /** The same with another number of walks. */
  public WalkParameters withWalks(int other) {
    return new WalkParameters(other, copies, calibrationDescents, tours, tokensPerCall);
  }

  /** The same with another number of descents. */
  public WalkParameters withCalibration(int descents) {
    return new WalkParameters(walks, copies, descents, tours, tokensPerCall);
  }

  /** The same with another limit on tours. */
  public WalkParameters withTours(long other) {
    return new WalkParameters(walks, copies, calibrationDescents, other, tokensPerCall);
  }

  /** The same with another number of copies. */
  public WalkParameters withCopies(int other) {
    return new WalkParameters(walks, other, calibrationDescents, tours, tokensPerCall);
  }
}
