package io.tailwalk.coverage.stats;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sums of several quantities by cluster, so that clusters and not rows are resampled.
 *
 * <p>Up to {@link #MAX_CLUSTERS} keys each keeps its own row of sums. Beyond that, rows are folded
 * by key modulo {@link #MAX_CLUSTERS}: a fold is a disjoint set of whole clusters, so folds are
 * independent as clusters are, and memory stays fixed. Keys should be hashes of the prompt.
 *
 * <p>Each sum is held as an unevaluated pair of doubles (Knuth's TwoSum), about 106 bits, so that
 * the value rounded to a double does not depend on the order of addition or of merging. Counts are
 * held as one double, exact up to 2^53.
 */
public final class ClusteredSums {
  /** Maximal number of separate clusters. */
  public static final int MAX_CLUSTERS = 1024;

  private final int sums;
  private final int counts;
  private final Map<Long, double[]> others = new HashMap<>();

  /** Rows of keys below {@link #MAX_CLUSTERS}: all of them once folded. */
  private final double[] @Nullable [] small = new double[MAX_CLUSTERS][];

  private int clusters;
  private boolean folded;

  /**
   * Empty sums.
   *
   * @param width quantities per cluster
   */
  public ClusteredSums(int width) {
    this(width, 0);
  }

  /**
   * Empty sums and counts.
   *
   * @param sums quantities per cluster that are added up, the first columns
   * @param counts quantities per cluster that only count, the columns after them
   */
  public ClusteredSums(int sums, int counts) {
    this.sums = sums;
    this.counts = counts;
  }

  /** The sums of one cluster, to be passed to {@link #add}, {@link #count} or {@link #tick}. */
  public double[] row(long clusterKey) {
    double[] row = find(keyOf(clusterKey));
    if (row != null) {
      return row;
    }
    if (!folded && clusters == MAX_CLUSTERS) {
      fold();
    }
    long key = keyOf(clusterKey);
    double[] kept = find(key);
    return kept != null ? kept : start(key);
  }

  private double @Nullable [] find(long key) {
    return isSmall(key) ? small[(int) key] : others.get(key);
  }

  private double[] start(long key) {
    double[] row = new double[2 * sums + counts];
    if (isSmall(key)) {
      small[(int) key] = row;
    } else {
      others.put(key, row);
    }
    clusters++;
    return row;
  }

  private static boolean isSmall(long key) {
    return key >= 0 && key < MAX_CLUSTERS;
  }

  /** Adds a finite amount to a quantity of a row. */
  public static void add(double[] row, int column, double amount) {
    double high = row[2 * column];
    double sum = high + amount;
    double shadow = sum - high;
    row[2 * column] = sum;
    row[2 * column + 1] += (high - (sum - shadow)) + (amount - shadow);
  }

  /** Adds one to a sum. */
  public static void count(double[] row, int column) {
    row[2 * column]++;
  }

  /** Adds one to a count: a column behind the sums. */
  public void tick(double[] row, int column) {
    row[sums + column]++;
  }

  /** Adds all of another aggregate. */
  public void merge(ClusteredSums other) {
    if (other.sums != sums || other.counts != counts) {
      throw new IllegalArgumentException(
          "width " + (other.sums + other.counts) + " merged into " + (sums + counts));
    }
    if (other.folded && !folded) {
      fold();
    }
    other.each((key, row) -> addRow(row(key), row));
  }

  /** Number of separate clusters. */
  public int clusters() {
    return clusters;
  }

  /** Sums by cluster, in the order of their keys: {@code [cluster][quantity]}. */
  public double[][] matrix() {
    return rows().values().toArray(double[][]::new);
  }

  /** Sums by cluster key, in the order of the keys. */
  public SortedMap<Long, double[]> rows() {
    SortedMap<Long, double[]> sorted = new TreeMap<>();
    each((key, row) -> sorted.put(key, rounded(row)));
    return sorted;
  }

  /** Sums over all clusters. */
  public double[] totals() {
    double[] totals = new double[2 * sums + counts];
    each((_, row) -> addRow(totals, row));
    return rounded(totals);
  }

  private long keyOf(long clusterKey) {
    // The remainder, not negative, by a power of two.
    return folded ? clusterKey & (MAX_CLUSTERS - 1) : clusterKey;
  }

  private void each(BiConsumer<Long, double[]> visitor) {
    for (int key = 0; key < MAX_CLUSTERS; key++) {
      double[] row = small[key];
      if (row != null) {
        visitor.accept((long) key, row);
      }
    }
    others.forEach(visitor);
  }

  private void fold() {
    Map<Long, double[]> unfolded = new HashMap<>(others);
    others.clear();
    clusters -= unfolded.size();
    folded = true;
    unfolded.forEach((key, row) -> addRow(row(key), row));
  }

  private void addRow(double[] into, double[] from) {
    for (int column = 0; column < sums; column++) {
      add(into, column, from[2 * column]);
      into[2 * column + 1] += from[2 * column + 1];
    }
    for (int index = 2 * sums; index < into.length; index++) {
      into[index] += from[index];
    }
  }

  private double[] rounded(double[] row) {
    double[] numbers = new double[sums + counts];
    for (int column = 0; column < sums; column++) {
      numbers[column] = row[2 * column] + row[2 * column + 1];
    }
    System.arraycopy(row, 2 * sums, numbers, sums, counts);
    return numbers;
  }
}
