package io.tailwalk.builtin.ngram;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Counts of the followers of each history in a text. The text is an array with one entry per
 * symbol, its history in the high bits and the symbol itself in the low ones, in the order of the
 * nearest two symbols of the history. Entries of the same two symbols are sorted when they are
 * first asked about: a few completions see few of these pairs, and sorting all of them takes
 * longer. The occurrences of any history are one range of an array.
 */
final class NgramCounts {
  /** Shorter ranges are counted again each time, which is cheaper than storing them. */
  private static final int CACHED_RANGE = 64;

  private static final int RAW_FLAG_BIT = 60;
  private static final int LENGTH_SHIFT = 56;

  /** Number of nearest symbols by which all entries are sorted. */
  private static final int PAIR = 2;

  private static final int PAIRS = 1 << (PAIR * History.SYMBOL_BITS);
  private static final int PAIR_SHIFT = (History.MAX_LENGTH + 1 - PAIR) * History.SYMBOL_BITS;

  private final long[] entries;

  /** Place of the first entry of each pair, and the number of entries at the end. */
  private final int[] starts;

  /** The sorted entries of each pair that was asked about. */
  private final AtomicReferenceArray<long[]> sorted = new AtomicReferenceArray<>(PAIRS);

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

  private NgramCounts(long[] entries, int[] starts) {
    this.entries = entries;
    this.starts = starts;
  }

  /**
   * Counts a text of one paragraph per line, each followed by a boundary; empty lines count for
   * nothing.
   */
  static NgramCounts of(byte[] corpus, Alphabet alphabet) {
    long[] text = new long[corpus.length + 1];
    int[] starts = new int[PAIRS + 1];
    int size = 0;
    long history = History.EMPTY;
    for (int i = 0; i <= corpus.length; i++) {
      boolean ends = i == corpus.length || corpus[i] == '\n';
      if (history == History.EMPTY) {
        if (ends) {
          continue;
        }
        history = History.append(History.EMPTY, History.BOUNDARY);
      }
      int symbol = ends ? History.BOUNDARY : alphabet.symbol(corpus[i] & 0xFF);
      long entry = history << History.SYMBOL_BITS | symbol;
      text[size++] = entry;
      starts[pair(entry) + 1]++;
      history = ends ? History.EMPTY : History.append(history, symbol);
    }
    for (int pair = 0; pair < PAIRS; pair++) {
      starts[pair + 1] += starts[pair];
    }
    int[] next = starts.clone();
    long[] entries = new long[size];
    for (int i = 0; i < size; i++) {
      entries[next[pair(text[i])]++] = text[i];
    }
    return new NgramCounts(entries, starts);
  }

  /** Number of symbols and boundaries counted; 0 if the text has no paragraph. */
  int size() {
    return entries.length;
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
    long first = nearest << History.SYMBOL_BITS;
    long next = History.after(nearest, length) << History.SYMBOL_BITS;
    long[] range = length < PAIR ? entries : sorted(pair(first));
    int from = length < PAIR ? starts[pair(first)] : firstAtLeast(first, range);
    int to = length < PAIR ? starts[pair(next)] : firstAtLeast(next, range);
    if (to - from < CACHED_RANGE) {
      return count(range, from, to, length, raw);
    }
    long key = nearest | (long) length << LENGTH_SHIFT | (raw ? 1L << RAW_FLAG_BIT : 0);
    return cache.computeIfAbsent(key, _ -> count(range, from, to, length, raw));
  }

  private static Followers count(long[] range, int from, int to, int length, boolean raw) {
    int[] counts = new int[History.SYMBOLS];
    int[] lastBefore = new int[History.SYMBOLS];
    for (int i = from; i < to; i++) {
      int symbol = (int) range[i] & (History.SYMBOLS - 1);
      int before = raw ? 0 : 1 + History.symbolAt(range[i] >>> History.SYMBOL_BITS, length);
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

  private static int pair(long entry) {
    return (int) (entry >>> PAIR_SHIFT);
  }

  /** Place of the first entry that is at least a bound. */
  private static int firstAtLeast(long bound, long[] sorted) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < bound) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The sorted entries of a pair; threads that ask at the same time may each sort them. */
  private long[] sorted(int pair) {
    long[] known = sorted.get(pair);
    if (known == null) {
      known = Arrays.copyOfRange(entries, starts[pair], starts[pair + 1]);
      Arrays.sort(known);
      sorted.set(pair, known);
    }
    return known;
  }
}
