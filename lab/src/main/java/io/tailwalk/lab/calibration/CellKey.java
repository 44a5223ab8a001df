package io.tailwalk.lab.calibration;

/**
 * Which intervals belong together.
 *
 * @param regime name of the regime
 * @param sampler name of the sampler
 * @param budget nodes expanded and model tokens, at most so many of each
 */
record CellKey(String regime, String sampler, int budget) {
  @Override
  public String toString() {
    return regime + ", " + sampler + " at " + budget;
  }
}
