package io.tailwalk.core.verify;

import java.util.Arrays;

/**
 * Well-formed UTF-8 as an automaton over bytes (Unicode 16.0, table 3-7). State 0 is between
 * characters, {@link ByteAutomaton#DEAD} behind a byte that no well-formed text has there. Line
 * separators have states of their own, so that {@link #SEPARATOR} tells them from other characters.
 */
final class Utf8 {
  /** Between characters. */
  static final int BETWEEN = 0;

  private static final int ONE_MORE = 1;
  private static final int TWO_MORE = 2;
  private static final int THREE_MORE = 3;
  private static final int AFTER_E0 = 4;
  private static final int AFTER_ED = 5;
  private static final int AFTER_F0 = 6;
  private static final int AFTER_F4 = 7;

  private static final int AFTER_C2 = 8;
  private static final int AFTER_E2 = 9;
  private static final int AFTER_E2_80 = 10;

  /** Between characters, behind U+0085, U+2028 or U+2029; otherwise like {@link #BETWEEN}. */
  static final int SEPARATOR = 11;

  /** Number of states. */
  static final int STATES = 12;

  private static final byte[] TABLE = new byte[STATES * 256];

  static {
    Arrays.fill(TABLE, (byte) ByteAutomaton.DEAD);
    for (int between : new int[] {BETWEEN, SEPARATOR}) {
      fill(between, 0x00, 0x7F, BETWEEN);
      fill(between, 0xC2, 0xC2, AFTER_C2);
      fill(between, 0xC3, 0xDF, ONE_MORE);
      fill(between, 0xE0, 0xE0, AFTER_E0);
      fill(between, 0xE1, 0xE1, TWO_MORE);
      fill(between, 0xE2, 0xE2, AFTER_E2);
      fill(between, 0xE3, 0xEC, TWO_MORE);
      fill(between, 0xED, 0xED, AFTER_ED);
      fill(between, 0xEE, 0xEF, TWO_MORE);
      fill(between, 0xF0, 0xF0, AFTER_F0);
      fill(between, 0xF1, 0xF3, THREE_MORE);
      fill(between, 0xF4, 0xF4, AFTER_F4);
    }
    fill(ONE_MORE, 0x80, 0xBF, BETWEEN);
    fill(TWO_MORE, 0x80, 0xBF, ONE_MORE);
    fill(THREE_MORE, 0x80, 0xBF, TWO_MORE);
    fill(AFTER_E0, 0xA0, 0xBF, ONE_MORE);
    fill(AFTER_ED, 0x80, 0x9F, ONE_MORE);
    fill(AFTER_F0, 0x90, 0xBF, TWO_MORE);
    fill(AFTER_F4, 0x80, 0x8F, TWO_MORE);
    fill(AFTER_C2, 0x80, 0xBF, BETWEEN);
    fill(AFTER_C2, 0x85, 0x85, SEPARATOR);
    fill(AFTER_E2, 0x80, 0xBF, ONE_MORE);
    fill(AFTER_E2, 0x80, 0x80, AFTER_E2_80);
    fill(AFTER_E2_80, 0x80, 0xBF, BETWEEN);
    fill(AFTER_E2_80, 0xA8, 0xA9, SEPARATOR);
  }

  private Utf8() {}

  private static void fill(int state, int from, int to, int next) {
    Arrays.fill(TABLE, state * 256 + from, state * 256 + to + 1, (byte) next);
  }

  /** The state after a byte. */
  static int step(int state, int unsignedByte) {
    return TABLE[state * 256 + unsignedByte];
  }

  /** Whether a state is between characters. */
  static boolean isBetween(int state) {
    return state == BETWEEN || state == SEPARATOR;
  }

  /** The number of characters; -1 if the bytes are not well-formed and complete. */
  static int characters(byte[] bytes) {
    int state = BETWEEN;
    int count = 0;
    for (byte b : bytes) {
      state = step(state, b & 0xFF);
      if (state == ByteAutomaton.DEAD) {
        return -1;
      }
      count += isBetween(state) ? 1 : 0;
    }
    return isBetween(state) ? count : -1;
  }

  /** Whether one of the characters of a well-formed text is U+0085, U+2028 or U+2029. */
  static boolean hasSeparator(byte[] bytes) {
    int state = BETWEEN;
    for (byte b : bytes) {
      state = step(state, b & 0xFF);
      if (state == SEPARATOR) {
        return true;
      }
    }
    return false;
  }
}
