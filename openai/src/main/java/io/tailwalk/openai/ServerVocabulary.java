package io.tailwalk.openai;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/** The tokens of a served model; the server encodes texts. */
final class ServerVocabulary implements Vocabulary {
  private final byte[][] bytes;
  private final BitSet ends;
  private final List<String> controls;
  private final Function<String, int[]> tokens;
  private final OptionalInt start;

  /**
   * Of known tokens.
   *
   * @param bytes the bytes of each token, by id
   * @param ends ids of end tokens
   * @param controls texts that the server reads as control tokens wherever they occur; empty if it
   *     reads none in plain text
   * @param tokens encodes a text on the server, without special tokens around it
   * @param start the token in front of a text
   */
  ServerVocabulary(
      byte[][] bytes,
      BitSet ends,
      List<String> controls,
      Function<String, int[]> tokens,
      OptionalInt start) {
    this.bytes = bytes;
    this.ends = ends;
    this.controls = controls;
    this.tokens = tokens;
    this.start = start;
  }

  @Override
  public int size() {
    return bytes.length;
  }

  @Override
  public byte[] bytes(int token) {
    return bytes[token];
  }

  @Override
  public boolean isEnd(int token) {
    if (token < 0 || token >= bytes.length) {
      throw new IndexOutOfBoundsException("token " + token + " of " + bytes.length);
    }
    return ends.get(token);
  }

  @Override
  public OptionalInt textStart() {
    return start;
  }

  /** The texts that the server reads as control tokens wherever they occur. */
  List<String> controls() {
    return controls;
  }

  /** Names of control tokens in the text are split, so that they stay text. */
  @Override
  public int[] encode(String text) {
    if (text.isEmpty()) {
      return new int[0];
    }
    for (String control : controls) {
      int at = text.indexOf(control);
      if (at >= 0) {
        int inside = at + Character.charCount(text.codePointAt(at));
        if (inside == at + control.length()) {
          throw new ModelException("the server reads '" + control + "' as a control token");
        }
        int[] before = encode(text.substring(0, inside));
        int[] after = encode(text.substring(inside));
        int[] all = Arrays.copyOf(before, before.length + after.length);
        System.arraycopy(after, 0, all, before.length, after.length);
        return all;
      }
    }
    int[] encoded = tokens.apply(text);
    return reproduces(encoded, text) ? encoded : behindABreak(text, encoded);
  }

  /** Some tokenizers put a blank in front of a text; behind a line break they do not. */
  private int[] behindABreak(String text, int[] otherwise) {
    int[] lineBreak = tokens.apply("\n");
    int[] both = tokens.apply("\n" + text);
    int n = lineBreak.length;
    if (both.length >= n && Arrays.equals(both, 0, n, lineBreak, 0, n)) {
      int[] rest = Arrays.copyOfRange(both, n, both.length);
      if (reproduces(rest, text)) {
        return rest;
      }
    }
    return otherwise;
  }

  private boolean reproduces(int[] encoded, String text) {
    return Arrays.equals(decodeBytes(encoded), text.getBytes(StandardCharsets.UTF_8));
  }
}
