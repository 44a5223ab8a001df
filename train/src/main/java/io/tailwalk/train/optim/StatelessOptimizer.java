package io.tailwalk.train.optim;

import io.tailwalk.values.LearningException;
import java.util.Map;

/** An optimiser whose only state is the number of steps. */
abstract class StatelessOptimizer extends VectorOptimizer {

  StatelessOptimizer(LearningRate rate) {
    super(rate);
  }

  @Override
  public final Map<String, float[]> state() {
    return Map.of();
  }

  @Override
  protected final void restore(Map<String, float[]> vectors) {
    if (!vectors.isEmpty()) {
      throw new LearningException(
          "the checkpoint holds optimiser state " + vectors.keySet() + " that is not used here");
    }
  }
}
