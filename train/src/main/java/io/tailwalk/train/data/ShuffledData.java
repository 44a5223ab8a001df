package io.tailwalk.train.data;

import io.tailwalk.core.random.Streams;
import io.tailwalk.values.LearningException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/** A fixed set, read pass after pass, each pass in its own order; batches run across passes. */
final class ShuffledData implements TrainingData {
  private static final long ORDER = 0x0D2E;

  private final List<Example> examples;
  private final int batchSize;
  private final long seed;
  private final String fingerprint;
  private long pass = -1;
  private int[] order = {};

  ShuffledData(List<Example> examples, int batchSize, long seed) {
    if (examples.isEmpty()) {
      throw new LearningException("there is no example to learn from; give at least one");
    }
    if (batchSize < 1) {
      throw new LearningException("batch_size must be at least 1, got " + batchSize);
    }
    this.examples = List.copyOf(examples);
    this.batchSize = batchSize;
    this.seed = seed;
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
      shuffle(at / examples.size());
      batch.add(examples.get(order[(int) (at % examples.size())]));
    }
    return batch;
  }

  private void shuffle(long wanted) {
    if (wanted == pass) {
      return;
    }
    RandomGenerator random = Streams.of(seed, ORDER, wanted);
    order = new int[examples.size()];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    pass = wanted;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }
}
