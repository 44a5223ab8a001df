package io.tailwalk.train.optim;

import ai.djl.ndarray.NDArray;
import io.tailwalk.train.torch.Vectors;
import io.tailwalk.values.LearningException;
import java.util.Map;

/**
 * Gradient descent normalised by the norm of the batch gradient (arXiv 2510.15020, Eqs. 17-18):
 * {@code w -= rate * g / (lambda + ||g||)}, with {@code g} the gradient of the mean over the batch
 * of the sequences' negative log-likelihoods. A step is never longer than the rate.
 */
public final class NormalisedSgd extends StatelessOptimizer {
  private final double lambda;

  /**
   * With the learning rate of each step.
   *
   * @param lambda at least 0; a gradient much smaller than it makes an ordinary step of {@code rate
   *     / lambda}
   */
  public NormalisedSgd(LearningRate rate, double lambda) {
    super(rate);
    if (!(lambda >= 0 && Double.isFinite(lambda))) {
      throw new LearningException("lambda must be at least 0, got " + lambda);
    }
    this.lambda = lambda;
  }

  @Override
  protected void step(NDArray weight, NDArray gradient, long step, double learningRate) {
    double norm = Vectors.norm(gradient);
    if (lambda + norm > 0) {
      gradient.muli(learningRate / (lambda + norm));
      weight.subi(gradient);
    }
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("name", "normalised-sgd", "learning_rate", rate().toString(), "lambda", lambda);
  }
}
