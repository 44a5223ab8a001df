package io.tailwalk.train.model;

import io.tailwalk.train.data.Example;
import java.util.Arrays;
import java.util.List;

/**
 * Parallel sequences, padded on the right, and the positions whose next token is predicted: those
 * before each response token. Causal attention keeps the padding out of every prediction.
 */
public final class TokenBatch {
  private final int sequences;
  private final int positions;
  private final long[] tokens;
  private final long[] rows;
  private final long[] targets;
  private final int[] firstRow;
  private final float[] weights;

  private TokenBatch(
      int sequences,
      int positions,
      long[] tokens,
      long[] rows,
      long[] targets,
      int[] firstRow,
      float[] weights) {
    this.sequences = sequences;
    this.positions = positions;
    this.tokens = tokens;
    this.rows = rows;
    this.targets = targets;
    this.firstRow = firstRow;
    this.weights = weights;
  }

  /** Every response token of every example, each with weight 1. */
  public static TokenBatch of(List<Example> examples) {
    int n = examples.size();
    int t = examples.stream().mapToInt(Example::length).max().orElseThrow() - 1;
    int r = examples.stream().mapToInt(e -> e.response().length).sum();
    var batch =
        new TokenBatch(n, t, new long[n * t], new long[r], new long[r], new int[n + 1], ones(r));
    for (int i = 0; i < n; i++) {
      batch.fill(i, examples.get(i));
    }
    return batch;
  }

  /** One place per prefix: its last token. */
  public static TokenBatch ofPrefixes(List<int[]> prefixes) {
    int n = prefixes.size();
    int t = prefixes.stream().mapToInt(p -> p.length).max().orElseThrow();
    var batch =
        new TokenBatch(n, t, new long[n * t], new long[n], new long[n], new int[n + 1], ones(n));
    for (int i = 0; i < n; i++) {
      int[] prefix = prefixes.get(i);
      for (int place = 0; place < prefix.length; place++) {
        batch.tokens[i * t + place] = prefix[place];
      }
      batch.rows[i] = (long) i * t + prefix.length - 1;
      batch.firstRow[i + 1] = i + 1;
    }
    return batch;
  }

  private static float[] ones(int length) {
    float[] ones = new float[length];
    Arrays.fill(ones, 1f);
    return ones;
  }

  private void fill(int sequence, Example example) {
    int start = sequence * positions;
    for (int place = 0; place < example.length() - 1; place++) {
      tokens[start + place] = example.token(place);
    }
    int row = firstRow[sequence];
    for (int h = 0; h < example.response().length; h++) {
      rows[row] = (long) start + example.prompt().length - 1 + h;
      targets[row] = example.response()[h];
      row++;
    }
    firstRow[sequence + 1] = row;
  }

  /** The same positions with different weights in the loss, one per row. */
  public TokenBatch withWeights(float[] rowWeights) {
    if (rowWeights.length != rows.length) {
      throw new IllegalArgumentException(rowWeights.length + " weights for " + rows.length);
    }
    return new TokenBatch(
        sequences, positions, tokens, rows, targets, firstRow, rowWeights.clone());
  }

  /** Number of sequences. */
  public int sequences() {
    return sequences;
  }

  /** Number of predicted tokens. */
  public int rows() {
    return rows.length;
  }

  /** The first row of a sequence; of {@link #sequences()}, the number of rows. */
  public int firstRow(int sequence) {
    return firstRow[sequence];
  }

  /** Input positions, including padding. */
  public int positions() {
    return positions;
  }

  /** The token to predict at a row. */
  public int target(int row) {
    return (int) targets[row];
  }

  /** The tokens up to a row's place: those its target follows. */
  public int[] prefix(int row) {
    int end = (int) rows[row] + 1;
    int start = (end - 1) / positions * positions;
    int[] prefix = new int[end - start];
    for (int i = 0; i < prefix.length; i++) {
      prefix[i] = (int) tokens[start + i];
    }
    return prefix;
  }

  /** The weight of a row in the loss. */
  public double weight(int row) {
    return weights[row];
  }

  /** Sum of all weights. */
  public double weight() {
    double sum = 0;
    for (float w : weights) {
      sum += w;
    }
    return sum;
  }

  long[] tokenIds() {
    return tokens;
  }

  long[] rowPlaces() {
    return rows;
  }

  long[] targetIds() {
    return targets;
  }

  float[] weights() {
    return weights;
  }
}
