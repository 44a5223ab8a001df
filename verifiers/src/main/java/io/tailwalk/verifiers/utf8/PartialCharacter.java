package io.tailwalk.verifiers.utf8;

/**
 * The bytes of a partial UTF-8 character: the range of characters it may still become.
 *
 * @param first the smallest possible code point
 * @param last the largest possible code point
 * @param missing bytes to come; 0 if the character is complete
 */
public record PartialCharacter(int first, int last, int missing) {
  /** Between characters. */
  public static final PartialCharacter NONE = new PartialCharacter(0, 0, 0);

  /** An invalid byte sequence. */
  public static final PartialCharacter INVALID = new PartialCharacter(1, 0, 0);

  private static final int[] LEAST = {0, 0x80, 0x800, 0x10000};

  /** The state after one more byte; {@link #INVALID} if the result is not UTF-8. */
  public PartialCharacter with(byte next) {
    int bits = next & 0xFF;
    if (missing == 0) {
      return begun(bits);
    }
    if ((bits & 0xC0) != 0x80) {
      return INVALID;
    }
    int left = 6 * (missing - 1);
    int low = (first >>> (6 * missing) << (6 * missing)) | (bits & 0x3F) << left;
    return within(low, low + (1 << left) - 1, missing - 1, first);
  }

  private static PartialCharacter begun(int bits) {
    if (bits < 0x80) {
      return new PartialCharacter(bits, bits, 0);
    }
    int more = bits >= 0xF0 ? 3 : bits >= 0xE0 ? 2 : 1;
    if (bits < 0xC2 || bits > 0xF4) {
      return INVALID;
    }
    int low = (bits & (0x3F >>> more)) << (6 * more);
    return within(low, low + (1 << (6 * more)) - 1, more, LEAST[more]);
  }

  private static PartialCharacter within(int low, int high, int missing, int least) {
    int first = Math.max(low, least);
    int last = Math.min(high, Character.MAX_CODE_POINT);
    boolean onlySurrogates = first >= 0xD800 && last <= 0xDFFF;
    return first > last || onlySurrogates ? INVALID : new PartialCharacter(first, last, missing);
  }

  /**
   * The partial character that stands for all of the same length, where nobody tells characters
   * apart: only what makes bytes ill-formed is kept.
   */
  public PartialCharacter plain() {
    if (isInvalid() || isWhole()) {
      return isInvalid() ? INVALID : NONE;
    }
    if (missing == 1) {
      return PLAIN_ONE;
    }
    if (missing == 2) {
      boolean afterE0 = first == 0x800;
      boolean afterEd = first == 0xD000;
      return afterE0 || afterEd ? this : PLAIN_TWO;
    }
    boolean afterF0 = first == 0x10000;
    boolean afterF4 = first == 0x100000;
    return afterF0 || afterF4 ? this : PLAIN_THREE;
  }

  private static final PartialCharacter PLAIN_ONE = new PartialCharacter(0x80, 0xBF, 1);
  private static final PartialCharacter PLAIN_TWO = new PartialCharacter(0x1000, 0x1FFF, 2);
  private static final PartialCharacter PLAIN_THREE = new PartialCharacter(0x40000, 0x7FFFF, 3);

  /** Whether the bytes are not UTF-8. */
  public boolean isInvalid() {
    return first > last;
  }

  /** Whether the character is complete. */
  public boolean isWhole() {
    return missing == 0;
  }
}
