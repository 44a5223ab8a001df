package io.tailwalk.verifiers.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A deterministic automaton over code points. State 0 is the start, if there is any state; every
 * state leads to an accepting one.
 */
final class Dfa {
  static final int DEAD = -1;
  static final int ENDLESS = Integer.MAX_VALUE / 4;
  private static final int MAX_STATES = 3000;

  /** For each state, the first code points of sorted disjoint ranges, their last ones, targets. */
  private final int[][] from;

  private final int[][] to;
  private final int[][] target;
  private final boolean[] accepting;

  /** Fewest and most characters to an accepting state. */
  private final int[] shortest;

  private final int[] longest;

  Dfa(int[][] from, int[][] to, int[][] target, boolean[] accepting) {
    this.from = from;
    this.to = to;
    this.target = target;
    this.accepting = accepting;
    this.shortest = new int[accepting.length];
    this.longest = new int[accepting.length];
    DfaLengths.fill(this, shortest, longest);
  }

  /** The determinised automaton of patterns; null if it would be large. */
  static @Nullable Dfa of(Nfa nfa, int start) {
    return Subsets.determinise(nfa, start, MAX_STATES);
  }

  int size() {
    return accepting.length;
  }

  boolean isEmpty() {
    return accepting.length == 0;
  }

  boolean accepts(int state) {
    return accepting[state];
  }

  int shortest(int state) {
    return shortest[state];
  }

  int longest(int state) {
    return longest[state];
  }

  int[] targets(int state) {
    return target[state];
  }

  int[] starts(int state) {
    return from[state];
  }

  int[] ends(int state) {
    return to[state];
  }

  /** Whether the characters from U+0080 all lead to one state, or all nowhere. */
  boolean isPlain(int state) {
    int last = from[state].length - 1;
    return last < 0
        || to[state][last] < 0x80
        || (from[state][last] <= 0x80 && to[state][last] == CharSet.END - 1);
  }

  int step(int state, int c) {
    int at = Arrays.binarySearch(from[state], c);
    int range = at >= 0 ? at : -at - 2;
    return range >= 0 && c <= to[state][range] ? target[state][range] : DEAD;
  }

  boolean accepts(String text) {
    if (isEmpty()) {
      return false;
    }
    int state = 0;
    for (int i = 0; i < text.length() && state != DEAD; ) {
      int c = text.codePointAt(i);
      state = step(state, c);
      i += Character.charCount(c);
    }
    return state != DEAD && accepting[state];
  }

  /** Exactly some texts. */
  static Dfa ofTexts(Iterable<String> texts) {
    var builder = new DfaBuilder();
    List<Map<Integer, Integer>> tries = new ArrayList<>(List.of(new HashMap<>()));
    List<Boolean> accepting = new ArrayList<>(List.of(false));
    for (String text : texts) {
      int state = 0;
      for (int c : text.codePoints().toArray()) {
        Integer next = tries.get(state).get(c);
        if (next == null) {
          next = tries.size();
          tries.get(state).put(c, next);
          tries.add(new HashMap<>());
          accepting.add(false);
        }
        state = next;
      }
      accepting.set(state, true);
    }
    for (int i = 0; i < tries.size(); i++) {
      int state = builder.state(accepting.get(i));
      tries.get(i).entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(e -> builder.range(state, e.getKey(), e.getKey(), e.getValue()));
    }
    return builder.build();
  }

  /** Texts of both; null if the automaton would be large. */
  @Nullable Dfa and(Dfa other) {
    var pairs = new HashMap<Long, Integer>();
    var open = new ArrayList<int[]>();
    var builder = new DfaBuilder();
    if (isEmpty() || other.isEmpty()) {
      return builder.build();
    }
    open.add(new int[] {0, 0});
    pairs.put(0L, 0);
    for (int done = 0; done < open.size(); done++) {
      int a = open.get(done)[0];
      int b = open.get(done)[1];
      int state = builder.state(accepting[a] && other.accepting[b]);
      for (int i = 0, j = 0; i < from[a].length && j < other.from[b].length; ) {
        int first = Math.max(from[a][i], other.from[b][j]);
        int last = Math.min(to[a][i], other.to[b][j]);
        if (first <= last) {
          int[] pair = {target[a][i], other.target[b][j]};
          long key = (long) pair[0] << 32 | pair[1];
          Integer known = pairs.get(key);
          if (known == null) {
            known = open.size();
            pairs.put(key, known);
            open.add(pair);
          }
          builder.range(state, first, last, known);
        }
        if (to[a][i] < other.to[b][j]) {
          i++;
        } else {
          j++;
        }
      }
      if (open.size() > 4 * MAX_STATES) {
        return null;
      }
    }
    return builder.build();
  }

  /** All other texts. */
  Dfa not() {
    var builder = new DfaBuilder();
    int sink = size();
    for (int state = 0; state < sink; state++) {
      builder.state(!accepting[state]);
      int next = 0;
      for (int i = 0; i < from[state].length; i++) {
        builder.range(state, next, from[state][i] - 1, sink);
        builder.range(state, from[state][i], to[state][i], target[state][i]);
        next = to[state][i] + 1;
      }
      builder.range(state, next, CharSet.END - 1, sink);
    }
    builder.state(true);
    builder.range(sink, 0, CharSet.END - 1, sink);
    return builder.build();
  }
}
