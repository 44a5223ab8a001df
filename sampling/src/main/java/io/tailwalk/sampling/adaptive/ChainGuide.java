package io.tailwalk.sampling.adaptive;

import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.Guide;

/** Draws from the frontier that look ahead: a chain's probability to be accepted is the value. */
record ChainGuide(Explorer explorer, StateChain chain) implements Guide {
  @Override
  public Correction of(int node) {
    double[] logChances = chain.logChances(node, explorer.tree().depth(node));
    TokenPlaces places = chain.places();
    return (slot, logValue) ->
        logChances[places.of(explorer.childToken(node, slot)) + 1] - logValue;
  }
}
