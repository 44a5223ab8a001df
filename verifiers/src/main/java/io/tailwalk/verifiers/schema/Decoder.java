package io.tailwalk.verifiers.schema;

import io.tailwalk.verifiers.utf8.PartialCharacter;

/**
 * Where the bytes of a JSON string are within a character: UTF-8, an escape, or a surrogate pair of
 * two escapes.
 *
 * @param mode what is being read
 * @param first the least code point, or code unit, that the bytes may become
 * @param last the greatest one
 * @param missing bytes or hexadecimal digits to come
 * @param high a high surrogate that was read, 0 for none
 */
record Decoder(Mode mode, int first, int last, int missing, int high) {
  /** What is being read. */
  enum Mode {
    BETWEEN,
    UTF8,
    ESCAPE,
    HEX,
    END,
    INVALID
  }

  static final Decoder START = new Decoder(Mode.BETWEEN, 0, 0, 0, 0);
  private static final Decoder INVALID = new Decoder(Mode.INVALID, 0, 0, 0, 0);

  /** What receives complete code points. */
  interface Sink {
    void accept(int codePoint);
  }

  boolean isBetween() {
    return mode == Mode.BETWEEN && high == 0;
  }

  /** The place after a byte; complete code points go to the sink. */
  Decoder with(byte next, Sink sink) {
    int b = next & 0xFF;
    return switch (mode) {
      case BETWEEN -> begin(b, sink);
      case UTF8 -> utf8(b, sink);
      case ESCAPE -> escape(b, sink);
      case HEX -> hex(b, sink);
      case END, INVALID -> INVALID;
    };
  }

  private Decoder begin(int b, Sink sink) {
    if (b == '"') {
      flush(sink);
      return new Decoder(Mode.END, 0, 0, 0, 0);
    }
    if (b == '\\') {
      return new Decoder(Mode.ESCAPE, 0, 0, 0, high);
    }
    if (b < 0x20) {
      return INVALID;
    }
    if (b < 0x80) {
      flush(sink);
      sink.accept(b);
      return START;
    }
    Decoder begun = of(PartialCharacter.NONE.with((byte) b));
    if (begun.mode != Mode.INVALID) {
      flush(sink);
    }
    return begun;
  }

  private static Decoder of(PartialCharacter partial) {
    return partial.isInvalid()
        ? INVALID
        : new Decoder(Mode.UTF8, partial.first(), partial.last(), partial.missing(), 0);
  }

  private Decoder utf8(int b, Sink sink) {
    PartialCharacter next = new PartialCharacter(first, last, missing).with((byte) b);
    if (next.isInvalid() || !next.isWhole()) {
      return of(next);
    }
    sink.accept(next.first());
    return START;
  }

  /** The decoder that stands for all within characters of the same length. */
  Decoder plain() {
    return mode == Mode.UTF8 ? of(new PartialCharacter(first, last, missing).plain()) : this;
  }

  private Decoder escape(int b, Sink sink) {
    if (b == 'u') {
      return new Decoder(Mode.HEX, 0, 0xFFFF, 4, high);
    }
    int c =
        switch (b) {
          case '"', '\\', '/' -> b;
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          default -> -1;
        };
    if (c < 0) {
      return INVALID;
    }
    flush(sink);
    sink.accept(c);
    return START;
  }

  private Decoder hex(int b, Sink sink) {
    int digit = Character.digit(b, 16);
    if (digit < 0) {
      return INVALID;
    }
    int left = 4 * (missing - 1);
    int low = first | digit << left;
    if (missing > 1) {
      return new Decoder(Mode.HEX, low, low + (1 << left) - 1, missing - 1, high);
    }
    char unit = (char) low;
    if (Character.isLowSurrogate(unit) && high != 0) {
      sink.accept(Character.toCodePoint((char) high, unit));
      return START;
    }
    flush(sink);
    if (Character.isHighSurrogate(unit)) {
      return new Decoder(Mode.BETWEEN, 0, 0, 0, low);
    }
    sink.accept(low);
    return START;
  }

  private void flush(Sink sink) {
    if (high != 0) {
      sink.accept(high);
    }
  }

  /** Whether these bytes may become a character. */
  boolean mayBecome(int c) {
    if (isBetween()) {
      return true;
    }
    if (mode == Mode.UTF8) {
      return first <= c && c <= last;
    }
    if (high != 0) {
      int base = Character.toCodePoint((char) high, '\uDC00');
      return c == high || (base <= c && c <= base + 0x3FF);
    }
    if (mode == Mode.HEX) {
      int unit = c > 0xFFFF ? Character.highSurrogate(c) : c;
      return first <= unit && unit <= last;
    }
    return true;
  }

  /** Whether a string of a set, in a state, may have a character that begins as these bytes do. */
  boolean mayContinue(StringShape shape, int state, int count) {
    if (isBetween()) {
      return shape.mayEnd(state, count);
    }
    if (mode == Mode.UTF8) {
      return shape.mayContinue(state, count, first, last);
    }
    if (high != 0) {
      int base = Character.toCodePoint((char) high, '\uDC00');
      return shape.mayContinue(state, count, base, base + 0x3FF)
          || shape.mayContinue(state, count, high, high);
    }
    if (mode == Mode.HEX) {
      int from = Math.max(first, 0xD800);
      int to = Math.min(last, 0xDBFF);
      return shape.mayContinue(state, count, first, last)
          || (from <= to
              && shape.mayContinue(
                  state,
                  count,
                  Character.toCodePoint((char) from, '\uDC00'),
                  Character.toCodePoint((char) to, '\uDFFF')));
    }
    return shape.mayContinue(state, count, 0, Character.MAX_CODE_POINT);
  }
}
