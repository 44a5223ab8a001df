package io.tailwalk.core.verify;

import java.util.List;

/** The product of two value functions. */
record ProductValue(ValueFunction left, ValueFunction right) implements ValueFunction {
  @Override
  public ValueFunction proof() {
    ValueFunction a = left.proof();
    ValueFunction b = right.proof();
    if (a.equals(left) && b.equals(right)) {
      return this;
    }
    if (a.equals(ONE)) {
      return b;
    }
    return b.equals(ONE) ? a : new ProductValue(a, b);
  }

  @Override
  public double logValue(Candidate prefix) {
    return left.logValue(prefix) + right.logValue(prefix);
  }

  @Override
  public void logValues(List<Candidate> prefixes, double[] out) {
    left.logValues(prefixes, out);
    double[] more = new double[prefixes.size()];
    right.logValues(prefixes, more);
    for (int i = 0; i < more.length; i++) {
      out[i] += more[i];
    }
  }

  @Override
  public ChildScores childLogValues(Candidate prefix) {
    ChildScores a = left.childLogValues(prefix);
    ChildScores b = right.childLogValues(prefix);
    return new ChildScores() {
      @Override
      public double logScore(int token) {
        return a.logScore(token) + b.logScore(token);
      }

      @Override
      public void logScores(double[] out) {
        a.logScores(out);
        double[] more = new double[out.length];
        b.logScores(more);
        for (int token = 0; token < out.length; token++) {
          out[token] += more[token];
        }
      }
    };
  }
}
