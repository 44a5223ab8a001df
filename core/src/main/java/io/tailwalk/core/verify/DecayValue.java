package io.tailwalk.core.verify;

import java.util.Arrays;

/**
 * {@code V(y_1..y_h) = alpha^(H-h)}: each token still to come passes with probability {@code alpha}
 * (the letter-avoidance value of arXiv 2510.03149, to be multiplied by a check of the prefix).
 *
 * @param alpha per-token pass probability, in (0, 1]
 * @param horizon H, the length limit in tokens
 */
public record DecayValue(double alpha, int horizon) implements ValueFunction {
  /** Refuses values outside the ranges. */
  public DecayValue {
    if (!(alpha > 0 && alpha <= 1)) {
      throw new IllegalArgumentException("alpha must lie in (0, 1], got " + alpha);
    }
    if (horizon < 1) {
      throw new IllegalArgumentException("the horizon must be at least 1 token, got " + horizon);
    }
  }

  @Override
  public double logValue(Candidate prefix) {
    return logValueAt(prefix.tokenIds().length);
  }

  @Override
  public ChildScores childLogValues(Candidate prefix) {
    double logValue = logValueAt(prefix.tokenIds().length + 1);
    return new ChildScores() {
      @Override
      public double logScore(int token) {
        return logValue;
      }

      @Override
      public void logScores(double[] out) {
        Arrays.fill(out, logValue);
      }
    };
  }

  private double logValueAt(int depth) {
    return Math.max(0, horizon - depth) * Math.log(alpha);
  }
}
