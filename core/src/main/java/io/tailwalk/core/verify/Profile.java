package io.tailwalk.core.verify;

import java.util.Arrays;

/**
 * The characters that may follow a state of an automaton, and the states that they lead to, each
 * once. Sets of ASCII characters are bits of two longs, as in {@link Closure}.
 */
final class Profile {
  /** All wide characters ({@link Closure}) keep the automaton alive. */
  static final int ALIVE = 1;

  /** None of them does. */
  static final int DEAD = 0;

  private static final int MIXED = 2;

  /** States within characters, and behind characters, looked at for one state. */
  private static final int MAX_PLACES = 48;

  /** Live characters below 64, and from 64 to 127. */
  final long low;

  final long high;

  /** Whether wide characters are {@link #ALIVE}, {@link #DEAD} or mixed. */
  final int wide;

  /** The states behind one character, and the characters that lead to each. */
  final int[] targets;

  final long[] lows;
  final long[] highs;
  final boolean[] wides;

  private Profile(Search search, int wide) {
    this.wide = wide;
    this.targets = Arrays.copyOf(search.targets, search.count);
    this.lows = Arrays.copyOf(search.lows, search.count);
    this.highs = Arrays.copyOf(search.highs, search.count);
    this.wides = Arrays.copyOf(search.wides, search.count);
    long allLow = 0;
    long allHigh = 0;
    for (int i = 0; i < search.count; i++) {
      allLow |= lows[i];
      allHigh |= highs[i];
    }
    this.low = allLow;
    this.high = allHigh;
  }

  /** Whether each live character of this profile is one of another. */
  boolean isWithin(Profile other) {
    return (low & ~other.low) == 0
        && (high & ~other.high) == 0
        && (wide == DEAD || other.wide == ALIVE || (wide == MIXED && other.wide == MIXED));
  }

  /** The profile of a state. */
  static Profile of(ByteAutomaton automaton, int state) {
    var search = new Search(automaton);
    search.ascii(state);
    return new Profile(search, search.wide(state));
  }

  /** A search through the bytes of one character. */
  private static final class Search {
    private final ByteAutomaton automaton;
    private int[] targets = new int[8];
    private long[] lows = new long[8];
    private long[] highs = new long[8];
    private boolean[] wides = new boolean[8];
    private int count;

    Search(ByteAutomaton automaton) {
      this.automaton = automaton;
    }

    private int after(int @org.jspecify.annotations.Nullable [] row, int state, int b) {
      int next = row == null ? ByteAutomaton.UNKNOWN : row[b];
      return next == ByteAutomaton.UNKNOWN ? automaton.step(state, (byte) b) : next;
    }

    private int edge(int target) {
      for (int i = 0; i < count; i++) {
        if (targets[i] == target) {
          return i;
        }
      }
      if (count == targets.length) {
        targets = Arrays.copyOf(targets, 2 * count);
        lows = Arrays.copyOf(lows, 2 * count);
        highs = Arrays.copyOf(highs, 2 * count);
        wides = Arrays.copyOf(wides, 2 * count);
      }
      targets[count] = target;
      return count++;
    }

    void ascii(int state) {
      int[] row = automaton.row(state);
      int before = ByteAutomaton.DEAD;
      int edge = 0;
      for (int c = 0; c < 128; c++) {
        int target = after(row, state, c);
        if (target == ByteAutomaton.DEAD) {
          continue;
        }
        if (target != before) {
          edge = edge(target);
          before = target;
        }
        (c < 64 ? lows : highs)[edge] |= 1L << c;
      }
    }

    int wide(int state) {
      int[] states = new int[MAX_PLACES];
      int[] places = new int[MAX_PLACES];
      states[0] = state;
      int known = 1;
      boolean dies = false;
      boolean lives = false;
      for (int done = 0; done < known; done++) {
        int[] row = automaton.row(states[done]);
        int last = done == 0 ? 0xF5 : 0xC0;
        int before = ByteAutomaton.UNKNOWN;
        int placeBefore = ByteAutomaton.UNKNOWN;
        for (int b = done == 0 ? 0xC2 : 0x80; b < last; b++) {
          int place = Utf8.step(places[done], b);
          if (place == ByteAutomaton.DEAD || place == Utf8.SEPARATOR) {
            continue;
          }
          int target = after(row, states[done], b);
          if (target == before && place == placeBefore) {
            continue;
          }
          before = target;
          placeBefore = place;
          if (target == ByteAutomaton.DEAD) {
            dies = true;
          } else if (place == Utf8.BETWEEN) {
            lives = true;
            int edge = edge(target);
            wides[edge] = true;
          } else if (!contains(target, place, states, places, known)) {
            if (known == MAX_PLACES) {
              return MIXED;
            }
            states[known] = target;
            places[known++] = place;
          }
          if (count > MAX_PLACES) {
            return MIXED;
          }
        }
      }
      return lives ? (dies ? MIXED : ALIVE) : DEAD;
    }

    private static boolean contains(int state, int place, int[] states, int[] places, int known) {
      for (int i = 0; i < known; i++) {
        if (states[i] == state && places[i] == place) {
          return true;
        }
      }
      return false;
    }
  }
}
