package io.tailwalk.train.data;

import java.util.List;
import java.util.function.LongFunction;

/**
 * Where batches come from. A batch depends on the step's number alone, so that a run that was
 * stopped goes on with the very batches it would have seen.
 */
public interface TrainingData {

  /**
   * The batch of a step; the same each time it is asked for.
   *
   * @param step counted from 0
   */
  List<Example> batch(long step);

  /** What the batches depend on, in a line: a run may only be resumed on the same data. */
  String fingerprint();

  /**
   * A fixed set, in an order that is shuffled anew for each pass.
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
   * @param fingerprint what the source depends on: task, sizes, seed
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
