package io.tailwalk.core.verify;

/**
 * Well-formed UTF-8 as an automaton over bytes (Unicode 16.0, table 3-7). State 0 is between
 * characters, {@link ByteAutomaton#DEAD} behind a byte that no well-formed text has there.
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

  /** Number of states. */
  static final int STATES = 8;

  private static final byte[] TABLE = new byte[STATES * 256];

  static {
    java.util.Arrays.fill(TABLE, (byte) ByteAutomaton.DEAD);
    fill(BETWEEN, 0x00, 0x7F, BETWEEN);
    fill(BETWEEN, 0xC2, 0xDF, ONE_MORE);
    fill(BETWEEN, 0xE0, 0xE0, AFTER_E0);
    fill(BETWEEN, 0xE1, 0xEC, TWO_MORE);
    fill(BETWEEN, 0xED, 0xED, AFTER_ED);
    fill(BETWEEN, 0xEE, 0xEF, TWO_MORE);
    fill(BETWEEN, 0xF0, 0xF0, AFTER_F0);
    fill(BETWEEN, 0xF1, 0xF3, THREE_MORE);
    fill(BETWEEN, 0xF4, 0xF4, AFTER_F4);
    fill(ONE_MORE, 0x80, 0xBF, BETWEEN);
    fill(TWO_MORE, 0x80, 0xBF, ONE_MORE);
    fill(THREE_MORE, 0x80, 0xBF, TWO_MORE);
    fill(AFTER_E0, 0xA0, 0xBF, ONE_MORE);
    fill(AFTER_ED, 0x80, 0x9F, ONE_MORE);
    fill(AFTER_F0, 0x90, 0xBF, TWO_MORE);
    fill(AFTER_F4, 0x80, 0x8F, TWO_MORE);
  }

  private Utf8() {}

  private static void fill(int state, int from, int to, int next) {
    java.util.Arrays.fill(TABLE, state * 256 + from, state * 256 + to + 1, (byte) next);
  }

  /** The state after a byte. */
  static int step(int state, int unsignedByte) {
    return TABLE[state * 256 + unsignedByte];
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
      count += state == BETWEEN ? 1 : 0;
    }
    return state == BETWEEN ? count : -1;
  }
}
