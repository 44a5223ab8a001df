package io.tailwalk.core.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Automata of the verifiers that look at characters only. */
final class TextAutomata {
  private TextAutomata() {}

  /** Accepts every sequence of bytes. */
  record Any() implements ByteAutomaton {
    private static final int[] ROW = new int[256];

    @Override
    public int start() {
      return 0;
    }

    @Override
    public int step(int state, byte next) {
      return 0;
    }

    @Override
    public boolean accepts(int state) {
      return true;
    }

    @Override
    public int[] row(int state) {
      return ROW;
    }
  }

  /**
   * Accepts well-formed texts with a number of characters. A state is the number of complete ones,
   * and where the bytes of the next one are ({@link Utf8}).
   */
  record Length(int min, int max) implements ByteAutomaton {
    private static final Closure INSIDE = new Closure(0, 0, false, -1, -1, true, 0, true);

    @Override
    public int start() {
      return 0;
    }

    @Override
    public int step(int state, byte next) {
      int count = state / Utf8.STATES;
      int place = Utf8.step(state % Utf8.STATES, next & 0xFF);
      boolean full = state % Utf8.STATES == Utf8.BETWEEN && count == max;
      if (place == DEAD || full) {
        return DEAD;
      }
      return Utf8.isBetween(place)
          ? counted(count + 1) * Utf8.STATES + Utf8.BETWEEN
          : count * Utf8.STATES + place;
    }

    /** A count stops growing once no bound depends on it. */
    private int counted(int count) {
      return max == Integer.MAX_VALUE ? Math.min(count, min) : count;
    }

    @Override
    public boolean accepts(int state) {
      return state % Utf8.STATES == Utf8.BETWEEN && state / Utf8.STATES >= min;
    }

    @Override
    public Closure closure(int state) {
      if (state % Utf8.STATES != Utf8.BETWEEN) {
        return INSIDE;
      }
      int room = max == Integer.MAX_VALUE ? Closure.ENDLESS : max - state / Utf8.STATES;
      return new Closure(-1, -1, true, 0, 0, false, room, true);
    }
  }

  /** Accepts well-formed texts without some characters, in either case. */
  static final class Avoid implements ByteAutomaton {
    private static final int[] ALL_DEAD = new int[256];

    static {
      Arrays.fill(ALL_DEAD, DEAD);
    }

    private final List<int[]> rows = new ArrayList<>();

    /** States within characters that begin like a forbidden one, by the bytes so far. */
    private final Map<Integer, Integer> within = new HashMap<>();

    Avoid(String characters) {
      List<byte[]> forbidden =
          characters
              .codePoints()
              .flatMap(c -> IntStream.of(c, Character.toLowerCase(c), Character.toUpperCase(c)))
              .distinct()
              .mapToObj(c -> Character.toString(c).getBytes(StandardCharsets.UTF_8))
              .toList();
      for (int place = 0; place < Utf8.STATES; place++) {
        rows.add(new int[256]);
      }
      for (byte[] character : forbidden) {
        for (int length = 1; length < character.length; length++) {
          if (within.putIfAbsent(packed(character, length), rows.size()) == null) {
            rows.add(new int[256]);
          }
        }
      }
      for (int place = 0; place < Utf8.STATES; place++) {
        fill(place, place, 0);
      }
      for (byte[] character : forbidden) {
        int place = Utf8.BETWEEN;
        for (int length = 1; length < character.length; length++) {
          place = Utf8.step(place, character[length - 1] & 0xFF);
          int before = packed(character, length);
          fill(within.getOrDefault(before, 0), place, before);
        }
      }
      for (byte[] character : forbidden) {
        int last = character.length - 1;
        int b = character[last] & 0xFF;
        if (last == 0) {
          rows.get(Utf8.BETWEEN)[b] = DEAD;
          rows.get(Utf8.SEPARATOR)[b] = DEAD;
        } else {
          rows.get(within.getOrDefault(packed(character, last), 0))[b] = DEAD;
        }
      }
      removeDead();
    }

    private static int packed(byte[] bytes, int length) {
      int packed = 0;
      for (int i = 0; i < length; i++) {
        packed = packed << 8 | (bytes[i] & 0xFF);
      }
      return packed;
    }

    /** The steps of a state that allows every character. */
    private void fill(int state, int place, int before) {
      int[] row = rows.get(state);
      for (int b = 0; b < 256; b++) {
        int next = Utf8.step(place, b);
        boolean begins = Utf8.isBetween(state) || before != 0;
        row[b] = begins ? within.getOrDefault(before << 8 | b, next) : next;
      }
    }

    /** Makes dead the states all of whose characters are forbidden. */
    private void removeDead() {
      boolean changed = true;
      while (changed) {
        changed = false;
        for (int state = 1; state < rows.size(); state++) {
          if (Arrays.equals(rows.get(state), ALL_DEAD)) {
            for (int[] row : rows) {
              for (int b = 0; b < 256; b++) {
                changed |= row[b] == state;
                row[b] = row[b] == state ? DEAD : row[b];
              }
            }
          }
        }
      }
    }

    @Override
    public int start() {
      return 0;
    }

    @Override
    public int step(int state, byte next) {
      return rows.get(state)[next & 0xFF];
    }

    @Override
    public boolean accepts(int state) {
      return Utf8.isBetween(state);
    }

    @Override
    public int[] row(int state) {
      return rows.get(state);
    }
  }
}
