package io.tailwalk.sampling.adaptive;

import io.tailwalk.core.verify.AutomatonVerifier;
import io.tailwalk.core.verify.ByteAutomaton;
import io.tailwalk.core.verify.Verifier;
import java.util.Arrays;

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

  /**
   * Probability of so many commas among so many letters, each of which is one with probability 0.2.
   */
  static double probability(int least, int letters) {
    double[] counts = new double[letters + 2];
    counts[0] = 1;
    for (int i = 0; i < letters; i++) {
      for (int k = letters; k >= 0; k--) {
        counts[k + 1] += 0.2 * counts[k];
        counts[k] *= 0.8;
      }
    }
    return Arrays.stream(counts, least, counts.length).sum();
  }
}
