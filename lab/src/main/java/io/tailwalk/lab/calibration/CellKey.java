package io.tailwalk.lab.calibration;

/**
 * The key of a cell of the experiment.
 *
 * @param regime name of the regime
 * @param sampler name of the sampler
 * @param budget maximum number of expanded nodes, and of model tokens
 */
record CellKey(String regime, String sampler, int budget) {
  @Override
  public String toString() {
    return regime + ", " + sampler + " at " + budget;
  }
}
