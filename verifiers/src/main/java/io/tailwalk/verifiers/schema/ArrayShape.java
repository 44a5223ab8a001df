package io.tailwalk.verifiers.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * A set of arrays.
 *
 * @param parts conditions on items by their place, which hold together
 * @param contains conditions that some items fulfil
 * @param min fewest items
 * @param max most items, {@link Dfa#ENDLESS} for no limit
 */
record ArrayShape(List<Part> parts, List<Contains> contains, int min, int max) {
  static final ArrayShape ANY = new ArrayShape(List.of(), List.of(), 0, Dfa.ENDLESS);

  /** Conditions on the first items, and on those behind them. */
  record Part(List<List<Term>> firsts, List<Term> rest) {}

  /** A condition that at least {@code min} items fulfil. */
  record Contains(List<Term> terms, int min) {}

  static ArrayShape ofSize(int min, int max) {
    return new ArrayShape(List.of(), List.of(), min, max);
  }

  ArrayShape and(ArrayShape other) {
    if (equals(ANY)) {
      return other;
    }
    int least = Math.max(min, other.min);
    int most = Math.min(max, other.max);
    return other.equals(ANY)
        ? this
        : new ArrayShape(joined(parts, other.parts), joined(contains, other.contains), least, most);
  }

  private static <T> List<T> joined(List<T> a, List<T> b) {
    var all = new ArrayList<>(a);
    b.stream().filter(x -> !all.contains(x)).forEach(all::add);
    return List.copyOf(all);
  }

  boolean isEmpty() {
    return min > max;
  }

  /** What the item at an index must fulfil. */
  List<Term> item(int index) {
    var all = new ArrayList<Term>();
    for (Part part : parts) {
      all.addAll(index < part.firsts.size() ? part.firsts.get(index) : part.rest);
    }
    return all;
  }

  /** The index from which on all items have the same conditions. */
  int sameFrom() {
    return parts.stream().mapToInt(part -> part.firsts.size()).max().orElse(0);
  }
}
