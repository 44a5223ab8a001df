package io.tailwalk.core.verify;

/**
 * What is known of all texts that continue from a state of an automaton. Texts of up to {@code
 * room} characters, all of them <i>free</i>, keep it alive. A text that has a <i>barred</i>
 * character behind at most that many free ones is dead. Nothing is said about other characters.
 * Sets of ASCII characters are bits of two longs, characters 0 to 63 and 64 to 127. Wide characters
 * are those from U+0080, without the line separators U+0085, U+2028 and U+2029 that many patterns
 * exclude: they are all free, all barred, or neither.
 *
 * @param freeLow free characters below 64
 * @param freeHigh free characters from 64 to 127
 * @param wideIsFree whether all wide characters are free
 * @param barredLow barred characters below 64
 * @param barredHigh barred characters from 64 to 127
 * @param wideIsBarred whether all wide characters are barred
 * @param room the number of characters; {@link #ENDLESS} for any number
 * @param isLimit whether one more free character behind {@code room} of them is dead
 */
public record Closure(
    long freeLow,
    long freeHigh,
    boolean wideIsFree,
    long barredLow,
    long barredHigh,
    boolean wideIsBarred,
    int room,
    boolean isLimit) {

  /** More characters than any text has. */
  public static final int ENDLESS = Integer.MAX_VALUE;

  /** Whether some character is free. */
  boolean hasFree() {
    return freeLow != 0 || freeHigh != 0 || wideIsFree;
  }

  /** Nothing is known. */
  public static final Closure NONE = new Closure(0, 0, false, 0, 0, false, 0, false);
}
