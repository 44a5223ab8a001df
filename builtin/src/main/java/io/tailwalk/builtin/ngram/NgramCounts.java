package io.tailwalk.builtin.ngram;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts of the followers of each history in a text. The text is a sorted array with one entry per
 * symbol, its history in the high bits and the symbol itself in the low ones, so that the
 * occurrences of any history are one range of it.
 */
final class NgramCounts {
  /** Shorter ranges are counted again each time, which is cheaper than storing them. */
  private static final int CACHED_RANGE = 64;

  private static final int RAW_FLAG_BIT = 60;
  private static final int LENGTH_SHIFT = 56;

  private final long[] entries;
  private final Map<Long, Followers> cache = new ConcurrentHashMap<>();

  /**
   * The followers of a history.
   *
   * @param symbols the following symbols
   * @param counts number of occurrences of each, or number of different longer histories before it
   * @param total the sum of the counts
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Followers(int[] symbols, int[] counts, int total) {}

  private NgramCounts(long[] entries) {
    this.entries = entries;
  }

  /** Counts a text given as paragraphs of symbols; each is followed by a boundary. */
  static NgramCounts of(List<int[]> paragraphs) {
    int size = paragraphs.stream().mapToInt(p -> p.length + 1).sum();
    long[] entries = new long[size];
    int at = 0;
    for (int[] paragraph : paragraphs) {
      long history = History.append(History.EMPTY, History.BOUNDARY);
      for (int symbol : paragraph) {
        entries[at++] = history << History.SYMBOL_BITS | symbol;
        history = History.append(history, symbol);
      }
      entries[at++] = history << History.SYMBOL_BITS | History.BOUNDARY;
    }
    Arrays.sort(entries);
    return new NgramCounts(entries);
  }

  /**
   * The followers of the {@code length} nearest symbols of a history.
   *
   * @param raw whether to count occurrences; otherwise each follower counts once for each different
   *     symbol seen before the history (Kneser and Ney's continuation counts), and the history must
   *     not begin at a boundary
   */
  Followers followers(long history, int length, boolean raw) {
    long nearest = History.nearest(history, length);
    int from = firstAtLeast(nearest << History.SYMBOL_BITS);
    int to = firstAtLeast(History.after(nearest, length) << History.SYMBOL_BITS);
    if (to - from < CACHED_RANGE) {
      return count(from, to, length, raw);
    }
    long key = nearest | (long) length << LENGTH_SHIFT | (raw ? 1L << RAW_FLAG_BIT : 0);
    return cache.computeIfAbsent(key, _ -> count(from, to, length, raw));
  }

  private Followers count(int from, int to, int length, boolean raw) {
    int[] counts = new int[History.SYMBOLS];
    int[] lastBefore = new int[History.SYMBOLS];
    for (int i = from; i < to; i++) {
      int symbol = (int) entries[i] & (History.SYMBOLS - 1);
      int before = raw ? 0 : 1 + History.symbolAt(entries[i] >>> History.SYMBOL_BITS, length);
      if (raw || lastBefore[symbol] != before) {
        counts[symbol]++;
        lastBefore[symbol] = before;
      }
    }
    int[] symbols =
        java.util.stream.IntStream.range(0, counts.length).filter(s -> counts[s] > 0).toArray();
    int[] sparse = Arrays.stream(symbols).map(s -> counts[s]).toArray();
    return new Followers(symbols, sparse, Arrays.stream(sparse).sum());
  }

  private int firstAtLeast(long key) {
    int low = 0;
    int high = entries.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries[middle] < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
