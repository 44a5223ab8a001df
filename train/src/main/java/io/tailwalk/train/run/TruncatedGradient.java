package io.tailwalk.train.run;

import io.tailwalk.train.linear.TruncatedDistillation;
import io.tailwalk.train.model.TokenBatch;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.values.LearningException;
import java.util.Arrays;

/**
 * Distillation from a teacher with known next-token distributions, truncated in each response where
 * the student deviates too much (arXiv 2510.15020, Equations 24 to 27): the tokens are weighted by
 * {@link TruncatedDistillation#weights(double[], double)} with the stepwise {@code KL(teacher ||
 * student)}. The theorem's step divides by the number of responses: use the loss's mean over
 * sequences, not over tokens.
 *
 * @param teacher its next-token distribution, over the student's vocabulary
 * @param budget log N, nats, above 0
 */
public record TruncatedGradient(NextTokenDistribution teacher, double budget) implements Objective {
  /** Refuses a budget that is not positive. */
  public TruncatedGradient {
    if (!(budget > 0)) {
      throw new LearningException("the budget log N must be above 0, got " + budget);
    }
  }

  @Override
  public TokenBatch weighted(Transformer model, TokenBatch batch) {
    double[][] wanted = teacher.logProbs(batch);
    double[][] given = NextTokenDistribution.of(model).logProbs(batch);
    float[] weights = new float[batch.rows()];
    for (int sequence = 0; sequence < batch.sequences(); sequence++) {
      int first = batch.firstRow(sequence);
      double[] divergences = new double[batch.firstRow(sequence + 1) - first];
      for (int h = 0; h < divergences.length; h++) {
        divergences[h] = kl(wanted[first + h], given[first + h]);
      }
      double[] alpha = TruncatedDistillation.weights(divergences, budget);
      for (int h = 0; h < alpha.length; h++) {
        weights[first + h] = (float) alpha[h];
      }
    }
    return batch.withWeights(weights);
  }

  /** Rounding may leave the sum slightly below 0. */
  private static double kl(double[] p, double[] q) {
    if (p.length != q.length) {
      throw new LearningException(
          "the teacher has "
              + p.length
              + " tokens, the student "
              + q.length
              + "; they need the same vocabulary");
    }
    double sum = 0;
    for (int token = 0; token < p.length; token++) {
      if (p[token] > Double.NEGATIVE_INFINITY) {
        sum += Math.exp(p[token]) * (p[token] - q[token]);
      }
    }
    if (Double.isNaN(sum)) {
      throw new LearningException(
          "a next-token log-probability is not a number: " + Arrays.toString(q));
    }
    return Math.max(0, sum);
  }
}
