package io.tailwalk.builtin.problem;

import io.tailwalk.core.random.Streams;

/** The log of the factor by which a value is wrong at a prefix; the same on every call. */
@FunctionalInterface
public interface PrefixError {

  /** Log-error (nats) at the first {@code length} of the token ids. */
  double logError(int[] tokenIds, int length);

  /**
   * Independent log-normal errors: {@code level} times a standard normal number that is a hash of
   * the prefix.
   *
   * @param level standard deviation of the log-error, at least 0
   */
  static PrefixError iid(double level, long seed) {
    return (tokenIds, length) -> {
      long[] path = new long[length];
      for (int i = 0; i < length; i++) {
        path[i] = tokenIds[i];
      }
      long key = Streams.key(seed, path);
      return level * Streams.of(key).nextGaussian();
    };
  }
}
