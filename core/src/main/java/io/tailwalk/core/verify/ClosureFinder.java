package io.tailwalk.core.verify;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds which characters may follow a state in any order, from the rows of an automaton: the states
 * that free characters lead to are visited level by level, for as many characters as a token has.
 */
final class ClosureFinder {
  /** States looked at on one level. */
  private static final int MAX_WIDTH = 16;

  /** Profiles kept; an automaton has fewer states that matter at a time. */
  private static final int MAX_KEPT = 1 << 16;

  private final ByteAutomaton automaton;
  private @Nullable Profile[] profiles = new Profile[64];

  ClosureFinder(ByteAutomaton automaton) {
    this.automaton = automaton;
  }

  /** What is known of texts from a state. */
  synchronized Closure of(int state) {
    Closure own = automaton.closure(state);
    if (own != null) {
      return own;
    }
    if (automaton.row(state) == null) {
      return Closure.NONE;
    }
    var free = new Free(profile(state));
    return free.closure(state);
  }

  private Profile profile(int state) {
    if (state >= MAX_KEPT) {
      return Profile.of(automaton, state);
    }
    if (state >= profiles.length) {
      profiles = Arrays.copyOf(profiles, Math.max(state + 1, 2 * profiles.length));
    }
    Profile known = profiles[state];
    if (known == null) {
      known = Profile.of(automaton, state);
      profiles[state] = known;
    }
    return known;
  }

  /** The free and barred characters of one state, narrowed level by level. */
  private final class Free {
    private final Profile from;
    private long low;
    private long high;
    private boolean wide;
    private long barredLow;
    private long barredHigh;
    private boolean wideIsBarred;

    Free(Profile from) {
      this.from = from;
      this.barredLow = ~from.low();
      this.barredHigh = ~from.high();
      this.wideIsBarred = from.wide() == Profile.DEAD;
      for (Profile.Edge edge : from.edges()) {
        if (from.isWithin(profile(edge.target()))) {
          low |= edge.low();
          high |= edge.high();
          wide |= edge.wide();
        }
      }
      // Other characters lead elsewhere from some wide character on: none of them is free.
      wide &= from.wide() == Profile.ALIVE && allWideStay();
      if (low == 0 && high == 0 && !wide) {
        chooseLoop();
      }
    }

    private boolean allWideStay() {
      for (Profile.Edge edge : from.edges()) {
        if (edge.wide() && !from.isWithin(profile(edge.target()))) {
          return false;
        }
      }
      return true;
    }

    /** The characters of the largest edge with which its target stays where it is. */
    private void chooseLoop() {
      int best = 1;
      for (Profile.Edge edge : from.edges()) {
        for (Profile.Edge next : profile(edge.target()).edges()) {
          long bothLow = edge.low() & next.low();
          long bothHigh = edge.high() & next.high();
          int count = Long.bitCount(bothLow) + Long.bitCount(bothHigh);
          if (next.target() == edge.target() && count > best) {
            best = count;
            low = bothLow;
            high = bothHigh;
          }
        }
      }
    }

    Closure closure(int state) {
      int[] level = {state};
      int room = 0;
      boolean limit = false;
      while (room < TokenSets.MAX_CHARACTERS) {
        int[] next = after(level);
        if (next == null || next.length == 0) {
          break;
        }
        room++;
        int stays = 0;
        int dies = 0;
        for (int target : next) {
          Profile there = profile(target);
          barredLow &= ~there.low();
          barredHigh &= ~there.high();
          wideIsBarred &= there.wide() == Profile.DEAD;
          stays += allows(there) ? 1 : 0;
          dies += bars(there) ? 1 : 0;
        }
        if (stays < next.length) {
          limit = dies == next.length;
          break;
        }
        if (Arrays.equals(level, next)) {
          room = Closure.ENDLESS;
          break;
        }
        level = next;
      }
      boolean nothing = low == 0 && high == 0 && !wide;
      return new Closure(
          low, high, wide, barredLow, barredHigh, wideIsBarred, room, limit || nothing);
    }

    private boolean allows(Profile there) {
      return (low & ~there.low()) == 0
          && (high & ~there.high()) == 0
          && (!wide || there.wide() == Profile.ALIVE);
    }

    private boolean bars(Profile there) {
      return (low & there.low()) == 0
          && (high & there.high()) == 0
          && (!wide || there.wide() == Profile.DEAD);
    }

    /** The states one free character further, sorted; null if they are many. */
    private int @Nullable [] after(int[] level) {
      int[] out = new int[MAX_WIDTH];
      int count = 0;
      for (int state : level) {
        for (Profile.Edge edge : profile(state).edges()) {
          boolean used = (edge.low() & low) != 0 || (edge.high() & high) != 0 || edge.wide() && wide;
          if (used && Arrays.stream(out, 0, count).noneMatch(t -> t == edge.target())) {
            if (count == MAX_WIDTH) {
              return null;
            }
            out[count++] = edge.target();
          }
        }
      }
      int[] found = Arrays.copyOf(out, count);
      Arrays.sort(found);
      return found;
    }
  }
}
