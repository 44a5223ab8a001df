package io.tailwalk.train.run;

import io.tailwalk.train.model.TokenBatch;
import io.tailwalk.train.model.Transformer;
import java.util.function.Function;

/** The law of the next token at every row of a batch, such as a teacher's. */
@FunctionalInterface
public interface NextTokenLaw {
  /**
   * Log-probabilities (nats) of all tokens, one array a row; {@code -inf} for probability 0.
   *
   * @param batch its targets and weights do not matter
   */
  double[][] logProbs(TokenBatch batch);

  /** That of a transformer. */
  static NextTokenLaw of(Transformer model) {
    return batch -> {
      double[] logits = model.logits(batch);
      int vocabulary = model.config().vocabulary();
      double[][] laws = new double[batch.rows()][vocabulary];
      for (int row = 0; row < laws.length; row++) {
        System.arraycopy(logits, row * vocabulary, laws[row], 0, vocabulary);
        normalise(laws[row]);
      }
      return laws;
    };
  }

  /** That of a function of the tokens so far, prompt included. */
  static NextTokenLaw of(Function<int[], double[]> law) {
    return batch -> {
      double[][] laws = new double[batch.rows()][];
      for (int row = 0; row < laws.length; row++) {
        laws[row] = law.apply(batch.prefix(row));
      }
      return laws;
    };
  }

  private static void normalise(double[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - largest);
    }
    double total = largest + Math.log(sum);
    for (int token = 0; token < logits.length; token++) {
      logits[token] -= total;
    }
  }
}
