package io.tailwalk.core.random;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Seeded random streams with keys, so that the draws for one purpose do not depend on the order of
 * other draws.
 */
public final class Streams {
  private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private Streams() {}

  /** The stream of a seed and a path of keys (prompt number, walk number, node key ...). */
  public static RandomGenerator of(long seed, long... keys) {
    return FACTORY.create(key(seed, keys));
  }

  /** One 64-bit key from a seed and a path of keys; the order of the keys matters. */
  public static long key(long seed, long... keys) {
    long mixed = mix(seed + 0x9E3779B97F4A7C15L);
    for (long key : keys) {
      mixed = mix(mixed * 0x9E3779B97F4A7C15L + mix(key + 0xD1B54A32D192ED03L));
    }
    return mixed;
  }

  /** Finaliser of MurmurHash3 (variant 13 of Stafford's mixers), a bijection. */
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
