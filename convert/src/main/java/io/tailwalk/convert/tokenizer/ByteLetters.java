package io.tailwalk.convert.tokenizer;

/**
 * The letters by which GPT-2 represents bytes: printable characters of Latin-1 represent
 * themselves, the other bytes are mapped to 256, 257 and so on in order (Radford et al. 2019,
 * {@code bytes_to_unicode}).
 */
public final class ByteLetters {
  private ByteLetters() {}

  /** The letter of a byte, 0..255. */
  public static int of(int value) {
    if (isItself(value)) {
      return value;
    }
    int rank = 0;
    for (int b = 0; b < value; b++) {
      if (!isItself(b)) {
        rank++;
      }
    }
    return 256 + rank;
  }

  private static boolean isItself(int b) {
    return (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
  }
}
