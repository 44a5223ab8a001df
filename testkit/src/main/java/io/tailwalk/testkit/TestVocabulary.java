package io.tailwalk.testkit;

import io.tailwalk.core.model.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A small vocabulary for tests: given byte strings and, last, one end token. Its tokens may overlap
 * and may contain parts of characters, like real ones.
 */
public final class TestVocabulary implements Vocabulary {
  private final byte[][] bytes;

  private TestVocabulary(byte[][] bytes) {
    this.bytes = bytes;
  }

  /** With the given texts as tokens, and an end token of id {@code texts.length}. */
  public static TestVocabulary of(String... texts) {
    return ofBytes(
        Arrays.stream(texts).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());
  }

  /** With the given bytes as tokens, and an end token after them. */
  public static TestVocabulary ofBytes(List<byte[]> tokens) {
    byte[][] bytes = new byte[tokens.size() + 1][];
    for (int i = 0; i < tokens.size(); i++) {
      bytes[i] = tokens.get(i).clone();
    }
    bytes[tokens.size()] = new byte[0];
    return new TestVocabulary(bytes);
  }

  /** The end token. */
  public int end() {
    return bytes.length - 1;
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
    return java.util.Objects.checkIndex(token, bytes.length) == end();
  }

  /**
   * Longest token first, from left to right.
   *
   * @throws IllegalArgumentException if no token matches the rest of the text
   */
  @Override
  public int[] encode(String text) {
    byte[] left = text.getBytes(StandardCharsets.UTF_8);
    var tokens = IntStream.builder();
    while (left.length > 0) {
      int token = longestPrefix(left);
      tokens.add(token);
      left = Arrays.copyOfRange(left, bytes[token].length, left.length);
    }
    return tokens.build().toArray();
  }

  private int longestPrefix(byte[] text) {
    int best = end();
    for (int token = 0; token < end(); token++) {
      boolean fits =
          bytes[token].length <= text.length
              && Arrays.equals(bytes[token], Arrays.copyOf(text, bytes[token].length));
      if (fits && bytes[token].length > bytes[best].length) {
        best = token;
      }
    }
    if (best == end()) {
      throw new IllegalArgumentException(
          "no token begins \"" + new String(text, StandardCharsets.UTF_8) + "\"");
    }
    return best;
  }
}
