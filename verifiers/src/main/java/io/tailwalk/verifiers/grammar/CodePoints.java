package io.tailwalk.verifiers.grammar;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A set of Unicode scalar values, without surrogates.
 *
 * @param ranges sorted and disjoint
 */
record CodePoints(List<Range> ranges) {
  private static final int LAST = Character.MAX_CODE_POINT;
  private static final Range SURROGATES = new Range(0xD800, 0xDFFF);

  /** From one code point to another, both included. */
  record Range(int first, int last) {}

  /** Any character. */
  static final CodePoints ANY = of(List.of(new Range(0, LAST)));

  /** One character. */
  static CodePoints of(int codePoint) {
    return of(List.of(new Range(codePoint, codePoint)));
  }

  /** The union of ranges in any order. */
  static CodePoints of(List<Range> ranges) {
    var sorted = new ArrayList<Range>();
    ranges.forEach(range -> addWithoutSurrogates(range, sorted));
    sorted.sort(Comparator.comparingInt(Range::first));
    var merged = new ArrayList<Range>();
    for (Range range : sorted) {
      Range before = merged.isEmpty() ? null : merged.getLast();
      if (before != null && range.first() <= before.last() + 1) {
        merged.removeLast();
        merged.add(new Range(before.first(), Math.max(before.last(), range.last())));
      } else {
        merged.add(range);
      }
    }
    return new CodePoints(List.copyOf(merged));
  }

  private static void addWithoutSurrogates(Range range, List<Range> out) {
    if (range.last() < SURROGATES.first() || range.first() > SURROGATES.last()) {
      out.add(range);
      return;
    }
    if (range.first() < SURROGATES.first()) {
      out.add(new Range(range.first(), SURROGATES.first() - 1));
    }
    if (range.last() > SURROGATES.last()) {
      out.add(new Range(SURROGATES.last() + 1, range.last()));
    }
  }

  /** All characters except these. */
  CodePoints complement() {
    var gaps = new ArrayList<Range>();
    int from = 0;
    for (Range range : ranges) {
      if (range.first() > from) {
        gaps.add(new Range(from, range.first() - 1));
      }
      from = range.last() + 1;
    }
    if (from <= LAST) {
      gaps.add(new Range(from, LAST));
    }
    return of(gaps);
  }

  /** Whether any character from one to another is in the set. */
  boolean meets(int first, int last) {
    for (Range range : ranges) {
      if (range.first() <= last && first <= range.last()) {
        return true;
      }
    }
    return false;
  }

  /** Whether the set is empty. */
  boolean isEmpty() {
    return ranges.isEmpty();
  }
}
