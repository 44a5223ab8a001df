package io.tailwalk.train.linear;

/**
 * Training on complete responses: each step uses the mean gradient of a new mini-batch.
 *
 * @param rule the update rule
 * @param batch K, sequences per step, at least 1
 * @param steps T, at least 1
 * @param gradient the gradient of a sequence
 */
public record SequenceTraining(UpdateRule rule, int batch, long steps, Gradient gradient) {
  /** Refuses numbers out of range. */
  public SequenceTraining {
    if (batch < 1 || steps < 1) {
      throw new IllegalArgumentException(
          "batch and steps must be at least 1, got " + batch + " and " + steps);
    }
  }

  /** The gradient of a sequence. */
  @FunctionalInterface
  public interface Gradient {
    /** Adds the weighted gradient of one sequence. */
    void add(LinearModel model, Sequence sequence, double weight, double[] into);

    /** Of {@code log pi_theta(y|x)}: maximum likelihood. */
    Gradient LOG_LIKELIHOOD =
        (model, sequence, weight, into) -> model.addGradient(sequence, null, weight, into);
  }

  /** Listens to the parameters after each step. */
  @FunctionalInterface
  public interface Iterates {
    /** Called after a step; the array is read-only. */
    void after(long step, double[] theta);
  }

  /** Maximum likelihood. */
  public static SequenceTraining of(UpdateRule rule, int batch, long steps) {
    return new SequenceTraining(rule, batch, steps, Gradient.LOG_LIKELIHOOD);
  }

  /** Trains from {@code start} and returns the last parameters. */
  public double[] run(LinearProblem problem, DataSource data, double[] start, Iterates iterates) {
    UpdateRule.State state = UpdateRule.State.at(start);
    for (long step = 1; step <= steps; step++) {
      var model = new LinearModel(problem.features(), state.theta());
      double[] mean = new double[start.length];
      for (int i = 0; i < batch; i++) {
        gradient.add(model, data.draw(), 1.0 / batch, mean);
      }
      state = rule.step(state, mean, problem.domain());
      iterates.after(step, state.theta());
    }
    return state.theta().clone();
  }
}
