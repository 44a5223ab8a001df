package io.tailwalk.core.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * The characters that may follow a state of an automaton, and where they lead.
 *
 * @param low live characters below 64, as bits
 * @param high live characters from 64 to 127
 * @param wide whether the characters from U+0080 are {@link #ALIVE}, {@link #DEAD} or mixed
 * @param edges the states behind them, each once
 */
record Profile(long low, long high, int wide, List<Edge> edges) {
  /** All characters from U+0080 keep the automaton alive. */
  static final int ALIVE = 1;

  /** None of them does. */
  static final int DEAD = 0;

  private static final int MIXED = 2;

  /** States within characters, and behind characters, looked at for one state. */
  private static final int MAX_PLACES = 48;

  /**
   * A state behind one character.
   *
   * @param low the characters below 64 that lead there
   * @param high those from 64 to 127
   * @param wide whether some other character does
   */
  record Edge(int target, long low, long high, boolean wide) {}

  /** Whether each live character of this profile is one of another. */
  boolean isWithin(Profile other) {
    return (low & ~other.low) == 0
        && (high & ~other.high) == 0
        && (wide == DEAD || other.wide == ALIVE || (wide == MIXED && other.wide == MIXED));
  }

  /** The profile of a state. */
  static Profile of(ByteAutomaton automaton, int state) {
    return new Search(automaton).of(state);
  }

  /** A search through the bytes of one character. */
  private static final class Search {
    private final ByteAutomaton automaton;
    private final List<Edge> edges = new ArrayList<>();

    Search(ByteAutomaton automaton) {
      this.automaton = automaton;
    }

    private int after(int @org.jspecify.annotations.Nullable [] row, int state, int b) {
      int next = row == null ? ByteAutomaton.UNKNOWN : row[b];
      return next == ByteAutomaton.UNKNOWN ? automaton.step(state, (byte) b) : next;
    }

    Profile of(int state) {
      int[] row = automaton.row(state);
      long low = 0;
      long high = 0;
      int last = -1;
      for (int c = 0; c < 128; c++) {
        int target = after(row, state, c);
        if (target == ByteAutomaton.DEAD) {
          continue;
        }
        long bit = 1L << c;
        low |= c < 64 ? bit : 0;
        high |= c < 64 ? 0 : bit;
        if (last < 0 || edges.get(last).target != target) {
          last = edge(target);
        }
        Edge edge = edges.get(last);
        edges.set(
            last,
            new Edge(
                target,
                edge.low | (c < 64 ? bit : 0),
                edge.high | (c < 64 ? 0 : bit),
                edge.wide));
      }
      return new Profile(low, high, wide(state), List.copyOf(edges));
    }

    private int edge(int target) {
      for (int i = 0; i < edges.size(); i++) {
        if (edges.get(i).target == target) {
          return i;
        }
      }
      edges.add(new Edge(target, 0, 0, false));
      return edges.size() - 1;
    }

    private int wide(int state) {
      int[] states = new int[MAX_PLACES];
      int[] places = new int[MAX_PLACES];
      states[0] = state;
      int known = 1;
      boolean dies = false;
      boolean lives = false;
      for (int done = 0; done < known; done++) {
        int[] row = automaton.row(states[done]);
        int before = -1;
        int placeBefore = -1;
        for (int b = 0x80; b < 256; b++) {
          int place = Utf8.step(places[done], b);
          if (place == ByteAutomaton.DEAD) {
            continue;
          }
          int target = after(row, states[done], b);
          if (target == ByteAutomaton.DEAD) {
            dies = true;
          } else if (target != before || place != placeBefore) {
            before = target;
            placeBefore = place;
            if (place == Utf8.BETWEEN) {
              lives = true;
              int edge = edge(target);
              Edge old = edges.get(edge);
              edges.set(edge, new Edge(target, old.low, old.high, true));
            } else if (indexOf(target, place, states, places, known) < 0) {
              if (known == MAX_PLACES) {
                return MIXED;
              }
              states[known] = target;
              places[known++] = place;
            }
          }
          if (edges.size() > MAX_PLACES) {
            return MIXED;
          }
        }
      }
      return lives ? (dies ? MIXED : ALIVE) : DEAD;
    }

    private static int indexOf(int state, int place, int[] states, int[] places, int known) {
      for (int i = 0; i < known; i++) {
        if (states[i] == state && places[i] == place) {
          return i;
        }
      }
      return -1;
    }
  }
}
