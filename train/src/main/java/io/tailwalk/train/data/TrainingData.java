package io.tailwalk.train.data;

import java.util.List;
import java.util.function.LongFunction;

/**
 * The source of batches. A batch depends only on the number of its step, so that a resumed run sees
 * the same batches as an uninterrupted one.
 */
public interface TrainingData {

  /**
   * The batch of a step; the same on every call.
   *
   * @param step counted from 0
   */
  List<Example> batch(long step);

  /** The dependencies of the batches in one line: a run may only be resumed on the same data. */
  String fingerprint();

  /**
   * A fixed set, shuffled again for each pass.
   *
   * @param batchSize examples in a batch; at least 1
   * @param seed of the order
   */
  static TrainingData shuffled(List<Example> examples, int batchSize, long seed) {
    return new ShuffledData(examples, batchSize, seed);
  }

  /**
   * New examples at each step.
   *
   * @param source the batch of a step; must be a function of the step alone
   * @param fingerprint the dependencies of the source: task, sizes, seed
   */
  static TrainingData fresh(LongFunction<List<Example>> source, String fingerprint) {
    return new TrainingData() {
      @Override
      public List<Example> batch(long step) {
        return source.apply(step);
      }

      @Override
      public String fingerprint() {
        return fingerprint;
      }
    };
  }
}
