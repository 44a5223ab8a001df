package io.tailwalk.core.verify;

/** Classes of characters by which tokens are grouped: each character is in one of them. */
final class TextClass {
  /** The number of classes. */
  static final int COUNT = 8;

  /** Quotation mark and backslash: what ends or escapes the characters of most quoted texts. */
  static final int QUOTE = 5;

  /** Control characters below the space. */
  static final int CONTROL = 6;

  /** Characters from U+0080; see {@link Closure} for those left out. */
  static final int WIDE = 7;

  private static final int LOWER = 0;
  private static final int UPPER = 1;
  private static final int DIGIT = 2;
  private static final int SPACE = 3;
  private static final int OTHER = 4;

  private static final byte[] OF = new byte[128];

  /** The ASCII characters of each class below 64, and from 64. */
  private static final long[] LOW = new long[COUNT];

  private static final long[] HIGH = new long[COUNT];

  static {
    for (int c = 0; c < OF.length; c++) {
      OF[c] = (byte) classify(c);
      (c < 64 ? LOW : HIGH)[OF[c]] |= 1L << c;
    }
  }

  private TextClass() {}

  private static int classify(int c) {
    if (c >= 'a' && c <= 'z') {
      return LOWER;
    }
    if (c >= 'A' && c <= 'Z') {
      return UPPER;
    }
    if (c >= '0' && c <= '9') {
      return DIGIT;
    }
    if (c < ' ') {
      return CONTROL;
    }
    return c == ' ' ? SPACE : c == '"' || c == '\\' ? QUOTE : OTHER;
  }

  /** The class of a byte of a well-formed text. */
  static int of(byte b) {
    return b < 0 ? WIDE : OF[b];
  }

  /** The class's characters below 64, as bits. */
  static long low(int textClass) {
    return LOW[textClass];
  }

  /** The class's ASCII characters from 64, as bits. */
  static long high(int textClass) {
    return HIGH[textClass];
  }
}
