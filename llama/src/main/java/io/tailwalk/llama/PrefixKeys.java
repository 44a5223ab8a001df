package io.tailwalk.llama;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prefixes as keys of maps. */
final class PrefixKeys {
  private PrefixKeys() {}

  /** A prefix as a list, equal to other lists of the same tokens. */
  static List<Integer> of(int[] prefix) {
    List<Integer> key = new ArrayList<>(prefix.length);
    for (int token : prefix) {
      key.add(token);
    }
    return key;
  }

  /**
   * Each non-empty prefix once. The longest comes first, so that a prefix of another is processed
   * after its cell is planned.
   */
  static List<int[]> longestFirst(int[][] prefixes) {
    Map<List<Integer>, int[]> distinct = new LinkedHashMap<>();
    for (int[] prefix : prefixes) {
      if (prefix.length > 0) {
        distinct.putIfAbsent(of(prefix), prefix);
      }
    }
    List<int[]> ordered = new ArrayList<>(distinct.values());
    ordered.sort(Comparator.comparingInt((int[] prefix) -> prefix.length).reversed());
    return ordered;
  }
}
