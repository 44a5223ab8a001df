package io.tailwalk.sampling;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** Immutable lists of numbers without an object for each: long runs return many completions. */
final class Packed {
  private Packed() {}

  /** A copy of a list of integers. */
  static List<Integer> ints(List<Integer> numbers) {
    return numbers instanceof Ints
        ? numbers
        : new Ints(numbers.stream().mapToInt(Integer::intValue).toArray());
  }

  /** A copy of a list of doubles. */
  static List<Double> doubles(List<Double> numbers) {
    return numbers instanceof Doubles
        ? numbers
        : new Doubles(numbers.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** A list of integers that owns an array. */
  static List<Integer> owning(int[] numbers) {
    return new Ints(numbers);
  }

  /** A list of doubles that owns an array. */
  static List<Double> owning(double[] numbers) {
    return new Doubles(numbers);
  }

  private static final class Ints extends AbstractList<Integer> implements RandomAccess {
    private final int[] numbers;

    Ints(int[] numbers) {
      this.numbers = numbers;
    }

    @Override
    public Integer get(int index) {
      return numbers[index];
    }

    @Override
    public int size() {
      return numbers.length;
    }
  }

  private static final class Doubles extends AbstractList<Double> implements RandomAccess {
    private final double[] numbers;

    Doubles(double[] numbers) {
      this.numbers = numbers;
    }

    @Override
    public Double get(int index) {
      return numbers[index];
    }

    @Override
    public int size() {
      return numbers.length;
    }
  }
}
