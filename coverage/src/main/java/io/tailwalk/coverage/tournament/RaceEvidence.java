package io.tailwalk.coverage.tournament;

import io.tailwalk.coverage.stats.SignTest;
import java.util.Arrays;

/**
 * Counts behind a race: hits of pairs; for every candidate i its current rival w and, for every k,
 * the rows since w became the rival in which exactly one of "i's challenger hits i" and "k hits w"
 * happened; and the log evidence accumulated with earlier rivals.
 */
final class RaceEvidence {
  private static final int NONE = -1;

  private final int size;
  private final long[][] hits;
  private final long[][] rows;
  private final int[] rival;
  private final double[] banked;
  private final long[][] mine;
  private final long[][] theirs;

  RaceEvidence(int size) {
    this.size = size;
    this.hits = new long[size][size];
    this.rows = new long[size][size];
    this.rival = new int[size];
    this.banked = new double[size];
    this.mine = new long[size][size];
    this.theirs = new long[size][size];
    Arrays.fill(rival, NONE);
  }

  /** Adds a row; challengers are determined by the earlier rows. */
  void add(boolean[][] hit, boolean[] scored) {
    for (int i = 0; i < size; i++) {
      if (scored[i] && rival[i] != NONE && scored[rival[i]]) {
        compare(i, hit[i][challenger(i, scored)], hit[rival[i]], scored);
      }
    }
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        if (i != j && scored[i] && scored[j]) {
          rows[i][j]++;
          hits[i][j] += hit[i][j] ? 1 : 0;
        }
      }
    }
  }

  private void compare(int i, boolean x, boolean[] onRival, boolean[] scored) {
    for (int k = 0; k < size; k++) {
      if (k != rival[i] && scored[k] && onRival[k] != x) {
        (x ? mine : theirs)[i][k]++;
      }
    }
  }

  /**
   * Sets the survivor with the smallest worst case as rival of every candidate and keeps the
   * evidence from the old rival.
   */
  void chooseRivals(boolean[] survives) {
    for (int i = 0; i < size; i++) {
      int best = rival[i] != NONE && survives[rival[i]] ? rival[i] : NONE;
      for (int w = 0; w < size; w++) {
        if (w != i && survives[w] && (best == NONE || worst(w) < worst(best))) {
          best = w;
        }
      }
      if (best != NONE && best != rival[i]) {
        banked[i] = rival[i] == NONE ? 0 : least(i);
        rival[i] = best;
        Arrays.fill(mine[i], 0);
        Arrays.fill(theirs[i], 0);
      }
    }
  }

  /**
   * The scored j other than i with the largest share of hits on i so far; the first in case of
   * ties.
   */
  private int challenger(int i, boolean[] scored) {
    int best = i == 0 ? 1 : 0;
    double most = -1;
    for (int j = 0; j < size; j++) {
      if (j != i && scored[j] && share(i, j) > most) {
        best = j;
        most = share(i, j);
      }
    }
    return best;
  }

  /** Log evidence against i, that its worst case exceeds its rivals': the minimum over k. */
  double least(int i) {
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < size; k++) {
      if (k != rival[i]) {
        least = Math.min(least, log(i, k));
      }
    }
    return least;
  }

  /** Log evidence against i if k attains its rival's worst case. */
  double log(int i, int k) {
    return rival[i] == NONE ? 0 : banked[i] + SignTest.logEvidence(mine[i][k], theirs[i][k]);
  }

  /** Current rival of i, or -1 if there is none yet. */
  int rival(int i) {
    return rival[i];
  }

  long hits(int i, int j) {
    return hits[i][j];
  }

  long rows(int i, int j) {
    return rows[i][j];
  }

  /** Largest share of hits on i. */
  double worst(int i) {
    double worst = 0;
    for (int j = 0; j < size; j++) {
      worst = j == i ? worst : Math.max(worst, share(i, j));
    }
    return worst;
  }

  /** The j with the largest share of hits on i, scored or not. */
  int worstChallenger(int i) {
    boolean[] all = new boolean[size];
    Arrays.fill(all, true);
    return challenger(i, all);
  }

  private double share(int i, int j) {
    return rows[i][j] == 0 ? 0 : hits[i][j] / (double) rows[i][j];
  }
}
