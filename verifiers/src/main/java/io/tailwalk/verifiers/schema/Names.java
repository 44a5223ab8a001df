package io.tailwalk.verifiers.schema;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Set;

/** The names that an object's schema lists, numbered in their order. */
final class Names {
  private final String[] sorted;
  private final BitSet required = new BitSet();

  /**
   * Numbers names.
   *
   * @param names in their order
   * @param required some of them, in their order
   */
  Names(Collection<String> names, Collection<String> required) {
    this.sorted = names.toArray(new String[0]);
    this.required.or(among(required));
  }

  int size() {
    return sorted.length;
  }

  String get(int number) {
    return sorted[number];
  }

  /** The number of a name; negative if it is not listed. */
  int of(String name) {
    return Arrays.binarySearch(sorted, name);
  }

  /** The names that every object must have. Callers do not change them. */
  BitSet required() {
    return required;
  }

  /** The numbers of those of some names, in their order, that are listed. */
  BitSet among(Collection<String> others) {
    var found = new BitSet();
    int at = 0;
    for (String other : others) {
      int order = -1;
      while (at < sorted.length && (order = sorted[at].compareTo(other)) < 0) {
        at++;
      }
      if (order == 0 && at < sorted.length) {
        found.set(at++);
      }
    }
    return found;
  }

  /** The first number of the names that begin as written. */
  int begin(String written) {
    int at = of(written);
    return at >= 0 ? at : -at - 1;
  }

  /** The number behind the last name that begins as written. */
  int end(String written) {
    int low = begin(written);
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle].startsWith(written)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Adds the next characters of the names that begin as written. */
  void addNext(String written, Set<Integer> out) {
    int end = end(written);
    for (int at = begin(written); at < end; ) {
      if (sorted[at].length() == written.length()) {
        at++;
      } else {
        int c = sorted[at].codePointAt(written.length());
        out.add(c);
        at = end(written + Character.toString(c));
      }
    }
  }
}
