package io.tailwalk.sampling.adaptive;

import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.Guide;

/** Draws from the frontier that look ahead: a chain's probability to be accepted is the value. */
record ChainGuide(Explorer explorer, StateChain chain) implements Guide {
  @Override
  public Correction of(int node) {
    return new ByPlace(explorer, chain, node);
  }

  /** The corrections below a node; by the places of tokens, of which there are few. */
  @SuppressWarnings("ArrayRecordComponent") // private, and never changed
  private record ByPlace(Explorer explorer, TokenPlaces places, double[] logChances, int node)
      implements Correction {
    ByPlace(Explorer explorer, StateChain chain, int node) {
      this(explorer, chain.places(), chain.logChances(node, explorer.tree().depth(node)), node);
    }

    @Override
    public double logFactor(int slot, double logValue) {
      return logChances[places.of(explorer.childToken(node, slot)) + 1] - logValue;
    }

    @Override
    public Few few(double logValue) {
      return new Few(logChances[0] - logValue, places.sorted());
    }
  }
}
