package io.tailwalk.sampling.adaptive;

import io.tailwalk.core.verify.AutomatonVerifier;
import io.tailwalk.core.verify.ByteAutomaton;
import io.tailwalk.core.verify.Verifier;

/** Texts with at least so many commas: until the end, every text can still become one. */
record Commas(int least) implements ByteAutomaton {
  static Verifier atLeast(int least) {
    return new AutomatonVerifier(least + " commas", new Commas(least));
  }

  @Override
  public int start() {
    return 0;
  }

  @Override
  public int step(int state, byte next) {
    return next == ',' ? Math.min(least, state + 1) : state;
  }

  @Override
  public boolean accepts(int state) {
    return state == least;
  }
}
