package io.tailwalk.verifiers.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Collects the states and ranges of a {@link Dfa}; states that lead nowhere are left out. */
final class DfaBuilder {
  private final List<Boolean> accepting = new ArrayList<>();

  /** For each state its ranges: first, last, target, and so on. */
  private final List<int[]> ranges = new ArrayList<>();

  private final List<Integer> used = new ArrayList<>();

  /** A new state; the first is the start. */
  int state(boolean accepts) {
    accepting.add(accepts);
    ranges.add(new int[12]);
    used.add(0);
    return accepting.size() - 1;
  }

  /** Adds a range behind the state's others; empty ones are ignored. */
  void range(int state, int first, int last, int target) {
    if (first > last) {
      return;
    }
    int[] all = ranges.get(state);
    int size = used.get(state);
    if (size > 0 && all[size - 1] == target && all[size - 2] + 1 == first) {
      all[size - 2] = last;
      return;
    }
    if (size == all.length) {
      all = Arrays.copyOf(all, 2 * size);
      ranges.set(state, all);
    }
    all[size] = first;
    all[size + 1] = last;
    all[size + 2] = target;
    used.set(state, size + 3);
  }

  Dfa build() {
    BitSet live = live();
    int[] number = new int[accepting.size()];
    int count = 0;
    for (int state = 0; state < number.length; state++) {
      number[state] = live.get(state) ? count++ : Dfa.DEAD;
    }
    if (number.length == 0 || number[0] == Dfa.DEAD) {
      return new Dfa(new int[0][], new int[0][], new int[0][], new boolean[0]);
    }
    int[][] from = new int[count][];
    int[][] to = new int[count][];
    int[][] target = new int[count][];
    boolean[] accepts = new boolean[count];
    for (int state = 0; state < number.length; state++) {
      int at = number[state];
      if (at == Dfa.DEAD) {
        continue;
      }
      accepts[at] = accepting.get(state);
      int[] all = ranges.get(state);
      int size = 0;
      int[][] columns = new int[3][used.get(state) / 3];
      for (int i = 0; i < used.get(state); i += 3) {
        if (number[all[i + 2]] != Dfa.DEAD) {
          columns[0][size] = all[i];
          columns[1][size] = all[i + 1];
          columns[2][size++] = number[all[i + 2]];
        }
      }
      from[at] = Arrays.copyOf(columns[0], size);
      to[at] = Arrays.copyOf(columns[1], size);
      target[at] = Arrays.copyOf(columns[2], size);
    }
    return new Dfa(from, to, target, accepts);
  }

  /** The states from which an accepting one is reached. */
  private BitSet live() {
    List<List<Integer>> sources = new ArrayList<>();
    accepting.forEach(_ -> sources.add(new ArrayList<>()));
    for (int state = 0; state < accepting.size(); state++) {
      for (int i = 2; i < used.get(state); i += 3) {
        sources.get(ranges.get(state)[i]).add(state);
      }
    }
    var live = new BitSet();
    var open = new ArrayList<Integer>();
    for (int state = 0; state < accepting.size(); state++) {
      if (accepting.get(state)) {
        live.set(state);
        open.add(state);
      }
    }
    while (!open.isEmpty()) {
      for (int source : sources.get(open.removeLast())) {
        if (!live.get(source)) {
          live.set(source);
          open.add(source);
        }
      }
    }
    return live;
  }
}
