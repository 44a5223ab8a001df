package io.tailwalk.verifiers.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The subset construction for an {@link Nfa} with assertions: a state is a set of states together
 * with what precedes the position.
 */
final class Subsets {
  /** Bound on the work: sizes of the sets times their ranges, summed over states. */
  private static final long MAX_WORK = 30_000_000;

  private final Nfa nfa;
  private final DfaBuilder builder = new DfaBuilder();
  private final Map<Key, Integer> numbers = new HashMap<>();
  private final List<Key> open = new ArrayList<>();
  private long work;

  /** The hash code comes from the content of the list. */
  private record Key(List<Integer> states, boolean start, boolean word) {}

  private Subsets(Nfa nfa) {
    this.nfa = nfa;
  }

  /** The deterministic automaton; null if it has more states than allowed or takes long. */
  static @Nullable Dfa determinise(Nfa nfa, int start, int maxStates) {
    var subsets = new Subsets(nfa);
    subsets.number(new Key(List.of(start), true, false));
    for (int done = 0; done < subsets.open.size(); done++) {
      subsets.expand(subsets.open.get(done));
      if (subsets.open.size() > maxStates || subsets.work > MAX_WORK) {
        return null;
      }
    }
    return subsets.builder.build();
  }

  private int number(Key key) {
    Integer known = numbers.get(key);
    if (known == null) {
      known = open.size();
      numbers.put(key, known);
      open.add(key);
    }
    return known;
  }

  private void expand(Key key) {
    int[] states = key.states.stream().mapToInt(i -> i).toArray();
    int[] atEnd = nfa.closure(states, new Nfa.Around(key.start, true, key.word, false));
    int state = builder.state(atEnd.length > 0 && atEnd[0] == Nfa.ACCEPT);
    int[] plain = nfa.closure(states, new Nfa.Around(key.start, false, key.word, false));
    int[] beforeWord =
        nfa.looksAtWords()
            ? nfa.closure(states, new Nfa.Around(key.start, false, key.word, true))
            : plain;
    if (plain.length > 0 && plain[0] == Nfa.ACCEPT && Arrays.equals(plain, beforeWord)) {
      // A match is complete, whatever follows.
      builder.range(state, 0, CharSet.END - 1, number(new Key(List.of(Nfa.ACCEPT), false, false)));
      return;
    }
    var cuts = new TreeSet<Integer>(List.of(0, CharSet.END));
    addCuts(plain, cuts);
    if (nfa.looksAtWords()) {
      addCuts(beforeWord, cuts);
      Arrays.stream(CharSet.WORD.bounds()).forEach(cuts::add);
    }
    work += (long) cuts.size() * (plain.length + 8);
    int first = -1;
    for (int cut : cuts) {
      if (first >= 0) {
        boolean word = nfa.looksAtWords() && CharSet.WORD.contains(first);
        Key next = after(word ? beforeWord : plain, first, word);
        if (!next.states.isEmpty()) {
          builder.range(state, first, cut - 1, number(next));
        }
      }
      first = cut;
    }
  }

  private void addCuts(int[] states, Set<Integer> cuts) {
    for (int state : states) {
      Arrays.stream(nfa.set(state).bounds()).forEach(cuts::add);
    }
  }

  private Key after(int[] states, int c, boolean word) {
    var next = new TreeSet<Integer>();
    for (int state : states) {
      if (state == Nfa.ACCEPT) {
        return new Key(List.of(Nfa.ACCEPT), false, false);
      }
      if (nfa.set(state).contains(c)) {
        next.add(nfa.after(state));
      }
    }
    return new Key(List.copyOf(next), false, word);
  }
}
