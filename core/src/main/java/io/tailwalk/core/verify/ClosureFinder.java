package io.tailwalk.core.verify;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds which characters may follow a state in any order, from the rows of an automaton: the states
 * that free characters lead to are visited level by level, for as many characters as a token has.
 */
final class ClosureFinder {
  /** States looked at on one level. */
  private static final int MAX_WIDTH = 96;

  /** Profiles kept; an automaton has fewer states that matter at a time. */
  private static final int MAX_KEPT = 1 << 16;

  private final ByteAutomaton automaton;
  private @Nullable Profile[] profiles = new Profile[64];
  private final int[] buffer = new int[MAX_WIDTH];

  ClosureFinder(ByteAutomaton automaton) {
    this.automaton = automaton;
  }

  /** What is known of texts from a state. */
  synchronized Closure of(int state) {
    Closure own = automaton.closure(state);
    if (own != null) {
      return own;
    }
    return automaton.row(state) == null ? Closure.NONE : new Free(state).closure();
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
    private final int state;
    private final Profile from;
    private long low;
    private long high;
    private boolean wide;
    private long barredLow;
    private long barredHigh;
    private boolean wideIsBarred;

    Free(int state) {
      this.state = state;
      this.from = profile(state);
      this.barredLow = ~from.low;
      this.barredHigh = ~from.high;
      this.wideIsBarred = from.wide == Profile.DEAD;
      wide = from.wide == Profile.ALIVE;
      for (int i = 0; i < from.targets.length; i++) {
        if (from.isWithin(profile(from.targets[i]))) {
          low |= from.lows[i];
          high |= from.highs[i];
        } else {
          wide &= !from.wides[i];
        }
      }
      if (low == 0 && high == 0 && !wide) {
        chooseLoop();
      }
    }

    /** The characters of the largest edge with which its target stays where it is. */
    private void chooseLoop() {
      int best = 1;
      for (int i = 0; i < from.targets.length; i++) {
        Profile next = profile(from.targets[i]);
        for (int j = 0; j < next.targets.length; j++) {
          long bothLow = from.lows[i] & next.lows[j];
          long bothHigh = from.highs[i] & next.highs[j];
          int count = Long.bitCount(bothLow) + Long.bitCount(bothHigh);
          if (next.targets[j] == from.targets[i] && count > best) {
            best = count;
            low = bothLow;
            high = bothHigh;
          }
        }
      }
    }

    Closure closure() {
      int[] level = {state};
      int room = 0;
      boolean limit = low == 0 && high == 0 && !wide;
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
          barredLow &= ~there.low;
          barredHigh &= ~there.high;
          wideIsBarred &= there.wide == Profile.DEAD;
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
      return new Closure(low, high, wide, barredLow, barredHigh, wideIsBarred, room, limit);
    }

    private boolean allows(Profile there) {
      return (low & ~there.low) == 0
          && (high & ~there.high) == 0
          && (!wide || there.wide == Profile.ALIVE);
    }

    private boolean bars(Profile there) {
      return (low & there.low) == 0
          && (high & there.high) == 0
          && (!wide || there.wide == Profile.DEAD);
    }

    /** The states one free character further, sorted; null if they are many. */
    private int @Nullable [] after(int[] level) {
      int count = 0;
      for (int one : level) {
        Profile here = profile(one);
        for (int i = 0; i < here.targets.length; i++) {
          boolean used =
              (here.lows[i] & low) != 0 || (here.highs[i] & high) != 0 || (here.wides[i] && wide);
          if (used && !contains(buffer, count, here.targets[i])) {
            if (count == MAX_WIDTH) {
              return null;
            }
            buffer[count++] = here.targets[i];
          }
        }
      }
      int[] found = Arrays.copyOf(buffer, count);
      Arrays.sort(found);
      return found;
    }
  }

  private static boolean contains(int[] values, int count, int value) {
    for (int i = 0; i < count; i++) {
      if (values[i] == value) {
        return true;
      }
    }
    return false;
  }
}
