package io.tailwalk.llama;

import java.util.Arrays;

/**
 * The set of evaluated prefixes, by a 64-bit hash of the path: an open-addressing set. Two of a
 * million paths share a hash with probability 3e-8; the only effect would be a token counted as
 * recomputed.
 */
final class PathSet {
  /** Hash of the empty path. */
  static final long ROOT = 0x9E3779B97F4A7C15L;

  private long[] table = new long[1 << 10];
  private int size;

  /** Hash of a path and one more token. */
  static long extend(long path, int token) {
    long x = (path ^ (token + 1L)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 29)) * 0x94D049BB133111EBL;
    x ^= x >>> 32;
    return x == 0 ? 1 : x;
  }

  /** Adds a path; false if it was present. */
  boolean add(long path) {
    if (2 * (size + 1) > table.length) {
      grow();
    }
    int slot = slot(table, path);
    if (table[slot] == path) {
      return false;
    }
    table[slot] = path;
    size++;
    return true;
  }

  private void grow() {
    long[] larger = new long[2 * table.length];
    Arrays.stream(table)
        .filter(path -> path != 0)
        .forEach(path -> larger[slot(larger, path)] = path);
    table = larger;
  }

  private static int slot(long[] table, long path) {
    int slot = (int) (path >>> 32) & (table.length - 1);
    while (table[slot] != 0 && table[slot] != path) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }
}
