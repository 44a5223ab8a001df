package io.tailwalk.train.linear;

/**
 * The gradient of distillation from a teacher with known next-token distributions, truncated where
 * the student deviates too much (arXiv 2510.15020, Equations 24 to 27): with {@code a_h =
 * KL(teacher || student)} at step h and {@code A = log N}, token h has weight 1 while the running
 * sum of a stays within A, the fraction that still fits where it crosses, 0 after.
 *
 * @param teacher pi_D
 * @param budget A, nats, above 0
 */
public record TruncatedDistillation(SequenceDistribution teacher, double budget)
    implements SequenceTraining.Gradient {
  /** Refuses a budget that is not positive. */
  public TruncatedDistillation {
    if (!(budget > 0)) {
      throw new IllegalArgumentException("the budget log N must be above 0, got " + budget);
    }
  }

  /**
   * The weights alpha.
   *
   * @param divergences a, one per step, each at least 0
   * @param budget A
   */
  public static double[] weights(double[] divergences, double budget) {
    double[] weights = new double[divergences.length];
    double before = 0;
    for (int h = 0; h < weights.length; h++) {
      double a = divergences[h];
      if (before + a <= budget) {
        weights[h] = 1;
      } else {
        weights[h] = before > budget ? 0 : (budget - before) / a;
      }
      before += a;
    }
    return weights;
  }

  /** The weights alpha of a student on a sequence. */
  public double[] weights(LinearModel student, Sequence sequence) {
    int[] response = sequence.tokens();
    double[] divergences = new double[response.length];
    for (int h = 0; h < response.length; h++) {
      divergences[h] =
          Cell.kl(
              teacher.next(sequence.prompt(), response, h),
              student.next(sequence.prompt(), response, h));
    }
    return weights(divergences, budget);
  }

  /**
   * The step size of the theorem, {@code min{1/((64 log N + 2) B^2), (T sigma*^2 log N)^(-1/2)}}.
   *
   * @param bound B
   * @param inherentVariance sigma*^2
   * @param steps T
   */
  public double etaOfTheory(double bound, double inherentVariance, long steps) {
    return Math.min(
        1 / ((64 * budget + 2) * bound * bound), 1 / Math.sqrt(steps * inherentVariance * budget));
  }

  @Override
  public void add(LinearModel model, Sequence sequence, double weight, double[] into) {
    model.addGradient(sequence, weights(model, sequence), weight, into);
  }
}
