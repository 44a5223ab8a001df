package io.tailwalk.llama.ffi;

/**
 * A token that is found in text as a whole, before the rest is encoded.
 *
 * @param id token id
 * @param text its characters, not empty
 * @param attributes llama.cpp's bits
 */
public record SpecialToken(int id, String text, int attributes) {
  private static final int UNKNOWN = 1;
  private static final int CONTROL = 1 << 3;
  private static final int USER_DEFINED = 1 << 4;
  private static final int STRIPS_LEFT = 1 << 7;
  private static final int STRIPS_RIGHT = 1 << 8;

  static boolean isSpecial(int attributes) {
    return (attributes & (UNKNOWN | CONTROL | USER_DEFINED)) != 0;
  }

  /** Whether it is a control token, found only where those are recognised. */
  public boolean isControl() {
    return (attributes & CONTROL) != 0;
  }

  /** Whether it is the token for what cannot be encoded, recognised like a control token. */
  public boolean isUnknown() {
    return (attributes & UNKNOWN) != 0;
  }

  /** Whether whitespace before it is removed. */
  public boolean stripsLeft() {
    return (attributes & STRIPS_LEFT) != 0;
  }

  /** Whether whitespace behind it is removed. */
  public boolean stripsRight() {
    return (attributes & STRIPS_RIGHT) != 0;
  }
}
