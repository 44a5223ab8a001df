package io.tailwalk.train.data;

import io.tailwalk.core.random.Streams;
import io.tailwalk.values.LearningException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A fixed set, read pass after pass, each pass in its own order; batches run across passes. */
final class ShuffledData implements TrainingData {
  private final List<Example> examples;
  private final int batchSize;
  private final ShuffledOrder order;
  private final String fingerprint;

  ShuffledData(List<Example> examples, int batchSize, long seed) {
    if (examples.isEmpty()) {
      throw new LearningException("there is no example to learn from; give at least one");
    }
    if (batchSize < 1) {
      throw new LearningException("batch_size must be at least 1, got " + batchSize);
    }
    this.examples = List.copyOf(examples);
    this.batchSize = batchSize;
    this.order = new ShuffledOrder(examples.size(), seed);
    this.fingerprint =
        examples.size()
            + " examples with hash "
            + HexFormat.of().toHexDigits(hash())
            + ", batches of "
            + batchSize
            + ", seed "
            + seed;
  }

  private long hash() {
    long hash = 0;
    for (Example example : examples) {
      hash =
          Streams.key(hash, Arrays.hashCode(example.prompt()), Arrays.hashCode(example.response()));
    }
    return hash;
  }

  @Override
  public List<Example> batch(long step) {
    List<Example> batch = new ArrayList<>(batchSize);
    for (long at = step * batchSize; at < (step + 1) * batchSize; at++) {
      batch.add(examples.get(order.at(at)));
    }
    return batch;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }
}
