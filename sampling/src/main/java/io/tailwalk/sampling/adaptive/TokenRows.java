package io.tailwalk.sampling.adaptive;

import java.util.function.IntPredicate;

/**
 * Probabilities of the next token by the last one: rows for the most frequent last tokens, and row
 * 0 for all others.
 */
final class TokenRows {
  /** Nodes that the mean of all nodes counts as in each row. */
  private static final double PRIOR = 3;

  private final TokenPlaces places;
  private final int count;
  private final double[] nodes;
  private final double[][] sums;
  private final double[] ends;
  private final boolean[] seen;

  /**
   * Without nodes.
   *
   * @param places tokens with a probability of their own
   * @param own number of rows for the first of these tokens, besides row 0
   */
  TokenRows(TokenPlaces places, int own) {
    this.places = places;
    this.count = 1 + Math.min(own, places.count());
    this.nodes = new double[count];
    this.sums = new double[count][places.count()];
    this.ends = new double[count];
    this.seen = new boolean[count];
  }

  TokenPlaces places() {
    return places;
  }

  /** Number of rows. */
  int count() {
    return count;
  }

  /** Whether a node was seen after the token of a place, or one of the others. */
  boolean isKnown(int place) {
    return seen[rowOf(place)];
  }

  /** The row after the token of a place; -1 is the place of all others. */
  int rowOf(int place) {
    return place + 1 < count ? place + 1 : 0;
  }

  /**
   * Adds the next-token distribution of a node.
   *
   * @param lastToken the node's last token
   * @param shares probabilities by place
   * @param end probability that the response ends
   */
  void add(int lastToken, double[] shares, double end) {
    int row = rowOf(places.of(lastToken));
    nodes[row]++;
    seen[row] = true;
    ends[row] += end;
    for (int place = 0; place < shares.length; place++) {
      sums[row][place] += shares[place];
    }
  }

  /** Draws the rows of few nodes towards the mean of all nodes; no node is added afterwards. */
  TokenRows smoothed() {
    double all = 0;
    double[] mean = new double[places.count()];
    double meanEnd = 0;
    for (int row = 0; row < count; row++) {
      all += nodes[row];
      meanEnd += ends[row];
      for (int place = 0; place < mean.length; place++) {
        mean[place] += sums[row][place];
      }
    }
    var smooth = new TokenRows(places, count - 1);
    for (int row = 0; row < count; row++) {
      double number = nodes[row] + PRIOR;
      smooth.seen[row] = seen[row];
      smooth.ends[row] = (ends[row] + PRIOR * meanEnd / all) / number;
      for (int place = 0; place < mean.length; place++) {
        smooth.sums[row][place] = (sums[row][place] + PRIOR * mean[place] / all) / number;
      }
    }
    return smooth;
  }

  /**
   * The mean over some tokens after which a node was seen, weighted by their probability in row 0;
   * 0 if there are none.
   *
   * @param after what each place counts for
   */
  double meanOfKnown(double[] after, IntPredicate among) {
    double sum = 0;
    double total = 0;
    for (int place = 0; place < after.length; place++) {
      if (isKnown(place) && among.test(place)) {
        sum += sums[0][place] * after[place];
        total += sums[0][place];
      }
    }
    return total > 0 ? sum / total : 0;
  }

  /**
   * The expectation over the next token.
   *
   * @param after what each place counts for
   * @param end what the end counts for
   * @param other what tokens without a place count for
   */
  double expected(int row, double[] after, double end, double other) {
    double sum = ends[row] * end;
    double rest = 1 - ends[row];
    for (int place = 0; place < after.length; place++) {
      sum += sums[row][place] * after[place];
      rest -= sums[row][place];
    }
    return sum + Math.max(rest, 0) * other;
  }
}
