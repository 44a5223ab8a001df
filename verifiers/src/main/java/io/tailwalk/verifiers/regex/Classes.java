package io.tailwalk.verifiers.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The characters of Unicode divided into classes that no set of a pattern distinguishes within.
 * Characters in no set, and surrogates, are in class {@link #NONE}.
 */
final class Classes {
  static final int NONE = -1;

  /** First code points of ranges, and the class of each range. */
  private final int[] starts;

  private final int[] classOf;
  private final List<BitSet> sets = new ArrayList<>();

  /** From the sets of a pattern, by number. */
  Classes(List<CodeSet> all) {
    var cuts = new TreeSet<Integer>(List.of(0));
    for (CodeSet set : all) {
      for (int bound : set.bounds()) {
        if (bound < CodeSet.END) {
          cuts.add(bound);
        }
      }
    }
    this.starts = cuts.stream().mapToInt(Integer::intValue).toArray();
    this.classOf = new int[starts.length];
    Map<BitSet, Integer> numbers = new HashMap<>();
    BitSet in = new BitSet();
    int[] next = new int[all.size()];
    for (int i = 0; i < starts.length; i++) {
      for (int set = 0; set < next.length; set++) {
        int[] bounds = all.get(set).bounds();
        while (next[set] < bounds.length && bounds[next[set]] <= starts[i]) {
          in.flip(set);
          next[set]++;
        }
      }
      if (in.isEmpty()) {
        classOf[i] = NONE;
      } else {
        Integer known = numbers.get(in);
        if (known == null) {
          known = sets.size();
          BitSet copy = (BitSet) in.clone();
          numbers.put(copy, known);
          sets.add(copy);
        }
        classOf[i] = known;
      }
    }
  }

  /** The number of classes. */
  int count() {
    return sets.size();
  }

  /** The numbers of the sets that contain a class. */
  BitSet setsOf(int characterClass) {
    return sets.get(characterClass);
  }

  /** The class of a code point. */
  int of(int codePoint) {
    return classOf[range(codePoint)];
  }

  /** The range of consecutive code points of one class that contains a code point, by number. */
  int range(int codePoint) {
    int at = Arrays.binarySearch(starts, codePoint);
    return at >= 0 ? at : -at - 2;
  }
}
