package io.tailwalk.builtin.ngram;

import java.util.Arrays;

/**
 * The bytes that an n-gram model can write, and their seven-bit symbol codes: printable ASCII and
 * the bytes of its corpus. Other bytes can be read but not written.
 */
final class Alphabet {
  /** Code of bytes that cannot be written; it never occurs in a corpus. */
  private static final int UNWRITABLE = History.SYMBOLS - 1;

  private static final int FIRST_CODE = History.BOUNDARY + 1;

  private final int[] symbolOfByte = new int[256];
  private final int[] tokenOfSymbol = new int[History.SYMBOLS];
  private final int end;

  /**
   * The alphabet of a corpus.
   *
   * @throws IllegalArgumentException if it has too many different bytes for seven-bit codes
   */
  Alphabet(byte[] corpus) {
    boolean[] writable = new boolean[256];
    Arrays.fill(writable, ' ', '~' + 1, true);
    for (byte b : corpus) {
      writable[b & 0xFF] = true;
    }
    writable['\n'] = false;
    int next = FIRST_CODE;
    for (int b = 0; b < 256; b++) {
      if (!writable[b]) {
        symbolOfByte[b] = UNWRITABLE;
        continue;
      }
      if (next == UNWRITABLE) {
        throw new IllegalArgumentException(
            "the corpus has more than "
                + (UNWRITABLE - FIRST_CODE)
                + " different bytes (printable ASCII counted); use plain ASCII text");
      }
      tokenOfSymbol[next] = b;
      symbolOfByte[b] = next++;
    }
    symbolOfByte['\n'] = History.BOUNDARY;
    tokenOfSymbol[History.BOUNDARY] = ByteVocabulary.END;
    end = next;
  }

  /** The code of a token of the {@link ByteVocabulary}. */
  int symbol(int token) {
    return token == ByteVocabulary.END ? History.BOUNDARY : symbolOfByte[token];
  }

  /** The token of a code between {@link History#BOUNDARY} and {@link #end}. */
  int token(int symbol) {
    return tokenOfSymbol[symbol];
  }

  /** One above the largest code that can be written. */
  int end() {
    return end;
  }

  /** Number of tokens that can be written, including the end token. */
  int size() {
    return end - History.BOUNDARY;
  }
}
