package io.tailwalk.train.run;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.train.model.TokenBatch;
import io.tailwalk.train.model.Transformer;
import java.util.function.Function;

/** The next-token distribution at every row of a batch, such as a teacher's. */
@FunctionalInterface
public interface NextTokenDistribution {
  /**
   * Log-probabilities (nats) of all tokens, one array per row; {@code -inf} for probability 0.
   *
   * @param batch its targets and weights are not used
   */
  double[][] logProbs(TokenBatch batch);

  /** The distribution of a transformer. */
  static NextTokenDistribution of(Transformer model) {
    return batch -> {
      double[] logits = model.logits(batch);
      int vocabulary = model.config().vocabulary();
      double[][] distributions = new double[batch.rows()][vocabulary];
      for (int row = 0; row < distributions.length; row++) {
        System.arraycopy(logits, row * vocabulary, distributions[row], 0, vocabulary);
        normalise(distributions[row]);
      }
      return distributions;
    };
  }

  /** The distribution given by a function of the tokens so far, including the prompt. */
  static NextTokenDistribution of(Function<int[], double[]> distribution) {
    return batch -> {
      double[][] distributions = new double[batch.rows()][];
      for (int row = 0; row < distributions.length; row++) {
        distributions[row] = distribution.apply(batch.prefix(row));
      }
      return distributions;
    };
  }

  /**
   * A token drawn from a distribution.
   *
   * @param logProbs log-probabilities of all tokens, nats
   */
  static int draw(double[] logProbs, Chooser chooser) {
    double[] sums = new double[logProbs.length];
    double sum = 0;
    for (int token = 0; token < sums.length; token++) {
      sum += Math.exp(logProbs[token]);
      sums[token] = sum;
    }
    return chooser.categorical(sums, 0, sums.length);
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
