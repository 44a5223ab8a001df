package io.tailwalk.records;

import java.util.Arrays;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where the lines of each group of a journal are, sorted by the number of the group. There may be
 * millions of groups, so each takes 24 bytes and no object.
 */
final class JournalGroups {
  private static final int FIRST_CAPACITY = 16;

  private long[] numbers = new long[FIRST_CAPACITY];
  private long[] starts = new long[FIRST_CAPACITY];
  private long[] lengths = new long[FIRST_CAPACITY];
  private int size;

  /** A run of bytes in the journal. */
  record Extent(long start, long length) {}

  /** Adds a group; false if there is one of this number. Groups in ascending order add fastest. */
  boolean add(long number, Extent extent) {
    int place = place(number);
    if (place >= 0) {
      return false;
    }
    int at = -place - 1;
    if (size == numbers.length) {
      int more = Math.addExact(size, size);
      numbers = Arrays.copyOf(numbers, more);
      starts = Arrays.copyOf(starts, more);
      lengths = Arrays.copyOf(lengths, more);
    }
    for (long[] column : new long[][] {numbers, starts, lengths}) {
      System.arraycopy(column, at, column, at + 1, size - at);
    }
    numbers[at] = number;
    starts[at] = extent.start();
    lengths[at] = extent.length();
    size++;
    return true;
  }

  boolean contains(long number) {
    return place(number) >= 0;
  }

  /** The lines of a group; null if there is none of this number. */
  @Nullable Extent get(long number) {
    int place = place(number);
    return place < 0 ? null : at(place);
  }

  int size() {
    return size;
  }

  /** The lines of a group by its place in the order, from 0. */
  Extent at(int place) {
    return new Extent(starts[place], lengths[place]);
  }

  /** The numbers; a copy. */
  SortedSet<Long> toSet() {
    SortedSet<Long> all = new TreeSet<>();
    for (int i = 0; i < size; i++) {
      all.add(numbers[i]);
    }
    return Collections.unmodifiableSortedSet(all);
  }

  private int place(long number) {
    if (size == 0 || numbers[size - 1] < number) {
      return -size - 1;
    }
    return Arrays.binarySearch(numbers, 0, size, number);
  }
}
