package io.tailwalk.verifiers.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A non-deterministic automaton over code points with assertions (Thompson's construction, K.
 * Thompson, Regular expression search algorithm, CACM 11, 1968). State 0 accepts.
 */
final class Nfa {
  private static final int MAX_STATES = 40_000;
  static final int ACCEPT = 0;

  /** What a state does before the next one. */
  enum Step {
    ACCEPT,
    SPLIT,
    CHARACTER,
    AT_START,
    AT_END,
    AT_WORD_EDGE,
    NOT_AT_WORD_EDGE
  }

  private final List<Step> steps = new ArrayList<>();
  private final List<int[]> next = new ArrayList<>();
  private final List<@Nullable CharSet> sets = new ArrayList<>();
  private boolean looksAtWords;

  Nfa() {
    add(Step.ACCEPT, null);
  }

  int add(Step step, @Nullable CharSet set, int... to) {
    if (steps.size() >= MAX_STATES) {
      throw new EcmaPattern.NotRegular("it is too large");
    }
    steps.add(step);
    sets.add(set);
    next.add(to);
    looksAtWords |= step == Step.AT_WORD_EDGE || step == Step.NOT_AT_WORD_EDGE;
    return steps.size() - 1;
  }

  void redirect(int state, int... to) {
    next.set(state, to);
  }

  boolean looksAtWords() {
    return looksAtWords;
  }

  CharSet set(int state) {
    CharSet set = sets.get(state);
    return set == null ? CharSet.NONE : set;
  }

  int after(int state) {
    return next.get(state)[0];
  }

  /** What is around a position. */
  record Around(boolean start, boolean end, boolean wordBefore, boolean wordAfter) {}

  /** The states that read a character, and the accepting one, reachable without reading. */
  int[] closure(int[] from, Around around) {
    var seen = new BitSet();
    int[] open = Arrays.copyOf(from, Math.max(16, from.length));
    int size = from.length;
    var out = new BitSet();
    while (size > 0) {
      int state = open[--size];
      if (seen.get(state)) {
        continue;
      }
      seen.set(state);
      Step step = steps.get(state);
      boolean passes =
          switch (step) {
            case ACCEPT, CHARACTER -> {
              out.set(state);
              yield false;
            }
            case SPLIT -> true;
            case AT_START -> around.start;
            case AT_END -> around.end;
            case AT_WORD_EDGE -> around.wordBefore != around.wordAfter;
            case NOT_AT_WORD_EDGE -> around.wordBefore == around.wordAfter;
          };
      if (passes) {
        for (int to : next.get(state)) {
          if (size == open.length) {
            open = Arrays.copyOf(open, 2 * size);
          }
          open[size++] = to;
        }
      }
    }
    return out.stream().toArray();
  }

  /** Whether a text beginning in a state is matched; time is its length times the states. */
  boolean matches(int start, String text) {
    int[] now = {start};
    int[] characters = text.codePoints().toArray();
    for (int i = 0; i <= characters.length; i++) {
      boolean end = i == characters.length;
      var around =
          new Around(
              i == 0,
              end,
              i > 0 && CharSet.WORD.contains(characters[i - 1]),
              !end && CharSet.WORD.contains(characters[i]));
      int[] closed = closure(now, around);
      if (closed.length > 0 && closed[0] == ACCEPT) {
        return true;
      }
      if (end) {
        return false;
      }
      int size = 0;
      int[] then = new int[closed.length];
      for (int state : closed) {
        if (set(state).contains(characters[i])) {
          then[size++] = after(state);
        }
      }
      now = Arrays.copyOf(then, size);
    }
    return false;
  }
}
