package io.tailwalk.train.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.training.optimizer.Optimizer;
import io.tailwalk.values.LearningException;
import java.util.Map;

/**
 * An optimiser of one vector of parameters whose state can be read and restored, unlike that of
 * DJL's own optimisers. Each call of {@link #update} is one step; the gradient is that of a loss to
 * minimise.
 */
public abstract class VectorOptimizer extends Optimizer implements AutoCloseable {
  private final LearningRate rate;
  private long updates;

  /** With the learning rate of each step. */
  protected VectorOptimizer(LearningRate rate) {
    super(new Settings());
    this.rate = rate;
  }

  @Override
  public final void update(String parameterId, NDArray weight, NDArray grad) {
    updates++;
    step(weight, grad, updates, rate.at(updates));
  }

  /**
   * Counts a step whose updates the caller makes.
   *
   * @return the learning rate of the step
   */
  public final double advance() {
    updates++;
    return rate.at(updates);
  }

  /**
   * Changes the vector in place.
   *
   * @param weight the vector
   * @param gradient may be overwritten
   * @param step counted from 1
   * @param learningRate of this step
   */
  protected abstract void step(NDArray weight, NDArray gradient, long step, double learningRate);

  /** Steps taken so far. */
  public final long updates() {
    return updates;
  }

  /** The learning rate of the last step, or of the first if there was none. */
  public final double learningRate() {
    return rate.at(Math.max(1, updates));
  }

  /** The complete configuration of its steps, for checkpoints: name, rates, constants. */
  public abstract Map<String, Object> settings();

  /** State vectors by name. */
  public abstract Map<String, float[]> state();

  /**
   * Restores a state.
   *
   * @param steps number of steps up to it
   * @param vectors as returned by {@link #state}
   * @throws LearningException if they are not those of this optimiser
   */
  public final void restore(long steps, Map<String, float[]> vectors) {
    updates = steps;
    restore(vectors);
  }

  /** Restores vectors. */
  protected abstract void restore(Map<String, float[]> vectors);

  /** The schedule. */
  protected final LearningRate rate() {
    return rate;
  }

  @Override
  public void close() {}

  /** DJL's constructor requires a builder; its settings are not used here. */
  private static final class Settings extends OptimizerBuilder<Settings> {
    @Override
    protected Settings self() {
      return this;
    }
  }
}
