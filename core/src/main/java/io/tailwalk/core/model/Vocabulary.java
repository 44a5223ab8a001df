package io.tailwalk.core.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * The tokens of a model: ids {@code 0..size()-1}, each representing a byte sequence.
 * Implementations are immutable.
 */
public interface Vocabulary {

  /** Number of tokens. */
  int size();

  /**
   * The bytes a token adds to the text; empty for control tokens. A token may hold part of a UTF-8
   * character. The array is shared: callers do not write to it.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= token < size()}
   */
  byte[] bytes(int token);

  /** Whether the token ends the generation (end of text, end of turn). */
  boolean isEnd(int token);

  /**
   * Token ids of a text that continues another, with no special token and no blank added: they
   * decode to exactly this text if the tokens can write it.
   */
  int[] encode(String text);

  /**
   * The token that stands for the beginning of a text, for a model that cannot evaluate an empty
   * prompt; empty if there is none.
   */
  default OptionalInt textStart() {
    return OptionalInt.empty();
  }

  /**
   * The control token that a text stands for, such as {@code [/THINK]}: the model writes the token,
   * which adds nothing to the text. Empty if there is none.
   */
  default OptionalInt controlToken(String text) {
    return OptionalInt.empty();
  }

  /** The concatenated bytes of a token sequence. */
  default byte[] decodeBytes(int[] tokens) {
    var out = new ByteArrayOutputStream(tokens.length * 4);
    for (int token : tokens) {
      out.writeBytes(bytes(token));
    }
    return out.toByteArray();
  }

  /** The text of a token sequence; ill-formed UTF-8 becomes U+FFFD. */
  default String decode(int[] tokens) {
    return new String(decodeBytes(tokens), StandardCharsets.UTF_8);
  }
}
