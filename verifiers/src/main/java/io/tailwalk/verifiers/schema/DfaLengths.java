package io.tailwalk.verifiers.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How many characters lead from each state of a {@link Dfa} to an accepting one. */
final class DfaLengths {
  private DfaLengths() {}

  /** Fills in the fewest and the most, {@link Dfa#ENDLESS} where there is no most. */
  static void fill(Dfa dfa, int[] shortest, int[] longest) {
    int size = shortest.length;
    List<List<Integer>> sources = new ArrayList<>();
    for (int state = 0; state < size; state++) {
      sources.add(new ArrayList<>());
    }
    int[] leaving = new int[size];
    for (int state = 0; state < size; state++) {
      for (int target : dfa.targets(state)) {
        sources.get(target).add(state);
        leaving[state]++;
      }
    }
    breadthFirst(dfa, sources, shortest);
    // States from which no cycle is reached, in reverse order: the others have no longest text.
    Arrays.fill(longest, Dfa.ENDLESS);
    var open = new ArrayList<Integer>();
    for (int state = 0; state < size; state++) {
      if (leaving[state] == 0) {
        open.add(state);
      }
    }
    while (!open.isEmpty()) {
      int state = open.removeLast();
      longest[state] = 0;
      for (int target : dfa.targets(state)) {
        longest[state] = Math.max(longest[state], longest[target] + 1);
      }
      for (int source : sources.get(state)) {
        if (--leaving[source] == 0) {
          open.add(source);
        }
      }
    }
  }

  private static void breadthFirst(Dfa dfa, List<List<Integer>> sources, int[] shortest) {
    Arrays.fill(shortest, Dfa.ENDLESS);
    var open = new ArrayList<Integer>();
    for (int state = 0; state < shortest.length; state++) {
      if (dfa.accepts(state)) {
        shortest[state] = 0;
        open.add(state);
      }
    }
    for (int done = 0; done < open.size(); done++) {
      int state = open.get(done);
      for (int source : sources.get(state)) {
        if (shortest[source] == Dfa.ENDLESS) {
          shortest[source] = shortest[state] + 1;
          open.add(source);
        }
      }
    }
  }
}
