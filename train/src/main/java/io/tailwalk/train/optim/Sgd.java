package io.tailwalk.train.optim;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/** Stochastic gradient descent (arXiv 2510.15020, Eq. 14): {@code w -= rate * gradient}. */
public final class Sgd extends StatelessOptimizer {

  /** With the learning rate of each step. */
  public Sgd(LearningRate rate) {
    super(rate);
  }

  @Override
  protected void step(NDArray weight, NDArray gradient, long step, double learningRate) {
    gradient.muli(learningRate);
    weight.subi(gradient);
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("name", "sgd", "learning_rate", rate().toString());
  }
}
