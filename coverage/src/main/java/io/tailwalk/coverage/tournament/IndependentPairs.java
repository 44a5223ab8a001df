package io.tailwalk.coverage.tournament;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.stats.PromptSizes;
import io.tailwalk.coverage.stats.SignTest;
import io.tailwalk.statistics.ClopperPearson;
import java.util.Arrays;

/**
 * Pairs over independent rows, with joint counts of every two pairs, so that tests are exact at any
 * sample size. Rows are packed 64 at a time into one word per pair; a joint count is then an AND
 * and a population count.
 *
 * <p>Candidate i is ruled out if for some rival w and some challenger j, for all k, the exact sign
 * test shows {@code C(j||i) > C(k||w)} at level {@code delta / (M-1)^2}. Were i a minimiser of the
 * worst case, then for every (w, j) the k that attains w's worst case makes that false, so "for all
 * k" needs no correction (intersection-union, Berger 1982) and (w, j) needs Bonferroni's.
 */
final class IndependentPairs implements PairTally {
  private final int candidates;
  private final int pairs;
  private final NGrid grid;
  private final long[][] words;
  private final long[][] joint;
  private int pending;
  private long rows;

  IndependentPairs(int candidates, NGrid grid) {
    this.candidates = candidates;
    this.pairs = candidates * candidates;
    this.grid = grid;
    this.words = new long[grid.size()][pairs];
    this.joint = new long[grid.size()][Math.multiplyExact(pairs, pairs)];
  }

  @Override
  public void add(long promptKey, double[] reach) {
    for (int n = 0; n < words.length; n++) {
      mark(words[n], reach, grid.threshold(n), pending);
    }
    rows++;
    if (++pending == Long.SIZE) {
      flush();
    }
  }

  /**
   * Sets a bit of each pair that reaches the threshold. The sign of the difference of two numbers,
   * which is zero only for equal ones, says which is larger; a branch would be guessed wrongly for
   * every second row.
   */
  private static void mark(long[] words, double[] reach, double threshold, int bit) {
    for (int pair = 0; pair < words.length; pair++) {
      long below = Double.doubleToRawLongBits(reach[pair] - threshold) >>> (Long.SIZE - 1);
      words[pair] |= (below ^ 1) << bit;
    }
  }

  private void flush() {
    for (int n = 0; n < words.length; n++) {
      flush(words[n], joint[n]);
      Arrays.fill(words[n], 0L);
    }
    pending = 0;
  }

  private void flush(long[] word, long[] counts) {
    for (int p = 0; p < pairs; p++) {
      if (word[p] == 0) {
        continue;
      }
      for (int q = p; q < pairs; q++) {
        counts[p * pairs + q] += Long.bitCount(word[p] & word[q]);
      }
    }
  }

  @Override
  public void merge(PairTally other) {
    IndependentPairs part = (IndependentPairs) other;
    flush();
    part.flush();
    for (int n = 0; n < joint.length; n++) {
      for (int k = 0; k < joint[n].length; k++) {
        joint[n][k] += part.joint[n][k];
      }
    }
    rows += part.rows;
  }

  @Override
  public long[] counts(int n) {
    flush();
    long[] counts = new long[pairs];
    Arrays.setAll(counts, pair -> joint[n][pair * pairs + pair]);
    return counts;
  }

  @Override
  public Interval[] intervals(int n, PromptSizes sizes, Confidence confidence) {
    long[] counts = counts(n);
    double each = confidence.delta() / Math.max(1, candidates * (candidates - 1));
    Interval[] intervals = new Interval[pairs];
    Arrays.setAll(intervals, pair -> ClopperPearson.interval(counts[pair], rows, each));
    return intervals;
  }

  @Override
  public boolean[] ruledOut(int n, PromptSizes sizes, Confidence confidence) {
    flush();
    double others = Math.max(1, candidates - 1);
    double level = confidence.delta() / (others * others);
    boolean[] ruledOut = new boolean[candidates];
    for (int i = 0; i < candidates; i++) {
      for (int w = 0; w < candidates && !ruledOut[i]; w++) {
        ruledOut[i] = w != i && someChallengerBeatsAll(n, i, w, level);
      }
    }
    return ruledOut;
  }

  private boolean someChallengerBeatsAll(int n, int i, int w, double level) {
    for (int j = 0; j < candidates; j++) {
      if (j != i && beatsAll(n, i * candidates + j, w, level)) {
        return true;
      }
    }
    return false;
  }

  private boolean beatsAll(int n, int pair, int w, double level) {
    for (int k = 0; k < candidates; k++) {
      int rival = w * candidates + k;
      if (k == w) {
        continue;
      }
      long both = joint[n][Math.min(pair, rival) * pairs + Math.max(pair, rival)];
      long only = joint[n][pair * pairs + pair] - both;
      long onlyRival = joint[n][rival * pairs + rival] - both;
      if (only <= onlyRival || SignTest.pValue(only, onlyRival) > level) {
        return false;
      }
    }
    return true;
  }
}
