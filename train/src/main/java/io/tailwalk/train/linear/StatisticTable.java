package io.tailwalk.train.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Responses to one prompt counted by their sufficient statistic. With {@code S(y) = sum_h phi(x,
 * y_1:h)} and {@code v_c(y)} the visits to cell c,
 *
 * <p>{@code log pi_theta(y|x) = <theta, S(y)> - sum_c v_c(y) log Z_c(theta)},
 *
 * <p>so the number of responses with the same {@code (S, v)} determines the distribution for every
 * theta, and every log ratio between two thetas is constant on such a group. The counts come from
 * dynamic programming over positions; the number of groups is small if features are whole multiples
 * of a unit, so that S is on a lattice.
 */
public final class StatisticTable {
  private static final int MAX_GROUPS = 1 << 21;

  private final int[] coordinates;
  private final double[] units;
  private final Cell[] cells;
  private final double[] logCounts;
  private final int[][] keys;

  private StatisticTable(
      int[] coordinates, double[] units, Cell[] cells, double[] logCounts, int[][] keys) {
    this.coordinates = coordinates;
    this.units = units;
    this.cells = cells;
    this.logCounts = logCounts;
    this.keys = keys;
  }

  /**
   * Counts the responses to a prompt.
   *
   * @throws IllegalArgumentException if features are not whole multiples of their coordinate's
   *     smallest, or there are more than two million groups
   */
  public static StatisticTable of(FiniteStateFeatures features, int prompt) {
    var lattice = new Lattice(features, prompt);
    Map<Lattice.Key, Double> groups = Map.of(lattice.start(), 0.0);
    for (int h = 0; h < features.length(prompt); h++) {
      Map<Lattice.Key, Double> next = new HashMap<>();
      for (Map.Entry<Lattice.Key, Double> group : groups.entrySet()) {
        Cell cell = features.cellIn(prompt, h, group.getKey().state());
        for (int token = 0; token < cell.vocabularySize(); token++) {
          Lattice.Key key = lattice.step(group.getKey(), cell, token);
          next.merge(key, group.getValue(), StatisticTable::logAdd);
        }
      }
      if (next.size() > MAX_GROUPS) {
        throw new IllegalArgumentException(
            "more than " + MAX_GROUPS + " values of the sufficient statistic; shorten responses");
      }
      groups = next;
    }
    return table(lattice, groups);
  }

  /** Groups by statistic alone, summed over the last state, in the order of their keys. */
  private static StatisticTable table(Lattice lattice, Map<Lattice.Key, Double> groups) {
    Map<Lattice.Key, Double> merged = new HashMap<>();
    groups.forEach((key, logCount) ->
        merged.merge(new Lattice.Key(0, key.numbers()), logCount, StatisticTable::logAdd));
    List<Lattice.Key> sorted = new ArrayList<>(merged.keySet());
    sorted.sort((a, b) -> Arrays.compare(a.numbers(), b.numbers()));
    return new StatisticTable(
        lattice.coordinates(),
        lattice.units(),
        lattice.cells(),
        sorted.stream().mapToDouble(merged::get).toArray(),
        sorted.stream().map(Lattice.Key::numbers).toArray(int[][]::new));
  }

  /** Number of groups. */
  public int size() {
    return keys.length;
  }

  /** Log of the number of responses in a group. */
  public double logCount(int group) {
    return logCounts[group];
  }

  /** {@code S} of a group on the coordinate of the given index in theta; 0 if it is irrelevant. */
  public double sum(int group, int coordinate) {
    int i = Arrays.binarySearch(coordinates, coordinate);
    return i < 0 ? 0 : units[i] * keys[group][i];
  }

  /** Log-probability (nats) of every group under a theta. */
  public double[] logMass(double[] theta) {
    double[] logNormalizers = new double[cells.length];
    for (int c = 0; c < cells.length; c++) {
      logNormalizers[c] = cells[c].logNormalizer(theta);
    }
    double[] slopes = new double[coordinates.length];
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = units[i] * theta[coordinates[i]];
    }
    double[] mass = logCounts.clone();
    for (int group = 0; group < mass.length; group++) {
      int[] key = keys[group];
      for (int i = 0; i < slopes.length; i++) {
        mass[group] += slopes[i] * key[i];
      }
      for (int c = 0; c < cells.length; c++) {
        mass[group] -= key[slopes.length + c] * logNormalizers[c];
      }
    }
    return mass;
  }

  private static double logAdd(double a, double b) {
    return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
  }
}
