package io.tailwalk.train.data;

import io.tailwalk.core.random.Streams;
import java.util.random.RandomGenerator;

/** The order in which a fixed number of things is read, pass after pass, each shuffled anew. */
public final class ShuffledOrder {
  private static final long ORDER = 0x0D2E;

  private final int size;
  private final long seed;
  private long pass = -1;
  private int[] order = {};

  /**
   * An order.
   *
   * @param size number of things, at least 1
   * @param seed of all passes
   */
  public ShuffledOrder(int size, long seed) {
    this.size = size;
    this.seed = seed;
  }

  /**
   * The index of the thing read at a place.
   *
   * @param place counted from 0, across passes
   */
  public int at(long place) {
    shuffle(place / size);
    return order[(int) (place % size)];
  }

  private void shuffle(long wanted) {
    if (wanted == pass) {
      return;
    }
    RandomGenerator random = Streams.of(seed, ORDER, wanted);
    order = new int[size];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    pass = wanted;
  }
}
