package io.tailwalk.train.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Features as integers: each coordinate in multiples of its smallest value, and each cell's visits.
 * A step adds to a vector of them.
 */
final class Lattice {
  private static final double TOLERANCE = 1e-9;

  /** A state, with lattice sums and visits. */
  @SuppressWarnings("ArrayRecordComponent") // equality by content below
  record Key(int state, int[] numbers) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key(int state2, int[] numbers2)
          && state == state2
          && Arrays.equals(numbers, numbers2);
    }

    @Override
    public int hashCode() {
      return 31 * state + Arrays.hashCode(numbers);
    }
  }

  private final FiniteStateFeatures features;
  private final Map<Cell, Integer> places = new HashMap<>();
  private final List<Cell> cellList = new ArrayList<>();
  private final List<int[][]> steps = new ArrayList<>();
  private final int[] coordinates;
  private final double[] units;

  Lattice(FiniteStateFeatures features, int prompt) {
    this.features = features;
    collectCells(prompt);
    coordinates =
        cellList.stream()
            .flatMapToInt(cell -> Arrays.stream(coordinatesOf(cell)))
            .sorted()
            .distinct()
            .toArray();
    units = new double[coordinates.length];
    for (Cell cell : cellList) {
      findUnits(cell);
    }
    for (Cell cell : cellList) {
      steps.add(multiples(cell));
    }
  }

  private void collectCells(int prompt) {
    var states = new TreeSet<Integer>(List.of(features.startState()));
    for (int h = 0; h < features.length(prompt); h++) {
      var next = new TreeSet<Integer>();
      for (int state : states) {
        Cell cell = features.cellIn(prompt, h, state);
        if (places.putIfAbsent(cell, cellList.size()) == null) {
          cellList.add(cell);
        }
        for (int token = 0; token < features.vocabularySize(); token++) {
          next.add(features.nextState(state, token));
        }
      }
      states = next;
    }
  }

  private static int[] coordinatesOf(Cell cell) {
    int[] coordinates = new int[cell.width()];
    Arrays.setAll(coordinates, cell::coordinate);
    return coordinates;
  }

  private void findUnits(Cell cell) {
    for (int i = 0; i < cell.width(); i++) {
      int at = Arrays.binarySearch(coordinates, cell.coordinate(i));
      for (int token = 0; token < cell.vocabularySize(); token++) {
        double size = Math.abs(cell.feature(token, i));
        if (size > 0 && (units[at] == 0 || size < units[at])) {
          units[at] = size;
        }
      }
    }
  }

  private int[][] multiples(Cell cell) {
    int[][] table = new int[cell.vocabularySize()][coordinates.length];
    for (int i = 0; i < cell.width(); i++) {
      int at = Arrays.binarySearch(coordinates, cell.coordinate(i));
      for (int token = 0; token < table.length; token++) {
        double multiple = units[at] == 0 ? 0 : cell.feature(token, i) / units[at];
        if (Math.abs(multiple - Math.rint(multiple)) > TOLERANCE) {
          throw new IllegalArgumentException(
              "feature "
                  + cell.feature(token, i)
                  + " is not a whole multiple of "
                  + units[at]
                  + ", so sums are not on a lattice");
        }
        table[token][at] = Math.toIntExact(Math.round(multiple));
      }
    }
    return table;
  }

  Key start() {
    return new Key(features.startState(), new int[coordinates.length + cellList.size()]);
  }

  Key step(Key key, Cell cell, int token) {
    int[] numbers = key.numbers.clone();
    int place = Objects.requireNonNull(places.get(cell));
    int[] step = steps.get(place)[token];
    for (int i = 0; i < step.length; i++) {
      numbers[i] += step[i];
    }
    numbers[coordinates.length + place]++;
    return new Key(features.nextState(key.state, token), numbers);
  }

  int[] coordinates() {
    return coordinates;
  }

  double[] units() {
    return units;
  }

  Cell[] cells() {
    return cellList.toArray(Cell[]::new);
  }
}
