package io.tailwalk.testkit;

import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.random.Chooser;

/** Tokens drawn from distributions. */
public final class TokenDraws {
  private TokenDraws() {}

  /** A token of a distribution. */
  public static int of(LogProbs distribution, Chooser chooser) {
    double[] cumulative = new double[distribution.size()];
    double sum = 0;
    for (int token = 0; token < cumulative.length; token++) {
      sum += Math.exp(distribution.logProb(token));
      cumulative[token] = sum;
    }
    return chooser.categorical(cumulative, 0, cumulative.length);
  }
}
