package io.tailwalk.sampling.walk;

import io.tailwalk.core.tree.Explorer;
import io.tailwalk.sampling.Least;

/**
 * Parameters of tours.
 *
 * @param walks parallel walks on one tree, at least 1: each round of expansions is one model batch
 * @param copies independent copies of the tree with sampled children, at least 2 for an interval; 1
 *     copy is used with enumerated children
 * @param calibrationDescents initial guided descents that calibrate the value at each depth; 0 for
 *     none
 * @param tours limit on tours
 * @param tokensPerCall target of model tokens per call on average, reached by expanding additional
 *     nodes that the walks will probably need; at most half the number of walks, so that a single
 *     walk expands only what it needs; 0 for never
 */
public record WalkParameters(
    int walks, int copies, int calibrationDescents, long tours, int tokensPerCall) {
  /**
   * 16 walks, 16 copies, 8 descents, 7 tokens per call, and 100,000 tours: on a small, completely
   * known tree tours cost nothing and need a limit.
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

  /** The batch filler of a run. */
  BatchFiller filler(Explorer explorer) {
    return new BatchFiller(explorer, Math.min(tokensPerCall, walks / 2));
  }

  /** The same with a different number of walks. */
  public WalkParameters withWalks(int other) {
    return new WalkParameters(other, copies, calibrationDescents, tours, tokensPerCall);
  }

  /** The same with a different number of descents. */
  public WalkParameters withCalibration(int descents) {
    return new WalkParameters(walks, copies, descents, tours, tokensPerCall);
  }

  /** The same with a different limit on tours. */
  public WalkParameters withTours(long other) {
    return new WalkParameters(walks, copies, calibrationDescents, other, tokensPerCall);
  }

  /** The same with a different number of copies. */
  public WalkParameters withCopies(int other) {
    return new WalkParameters(walks, other, calibrationDescents, tours, tokensPerCall);
  }
}
