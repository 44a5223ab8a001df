package io.tailwalk.core.tree;

import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.random.Chooser;

/** Draws from a next-token law. */
final class TokenDraws {
  private TokenDraws() {}

  /** Fills {@code cumulative[0..size)} with running probabilities. */
  static void accumulate(LogProbs law, double[] cumulative) {
    double sum = 0;
    for (int token = 0; token < law.size(); token++) {
      sum += Math.exp(law.logProb(token));
      cumulative[token] = sum;
    }
  }

  static int draw(LogProbs law, Chooser chooser, double[] scratch) {
    accumulate(law, scratch);
    return chooser.categorical(scratch, 0, law.size());
  }
}
