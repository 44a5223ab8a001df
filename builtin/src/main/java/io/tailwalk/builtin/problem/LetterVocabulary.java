package io.tailwalk.builtin.problem;

import io.tailwalk.core.model.Vocabulary;
import java.util.Objects;
import java.util.stream.IntStream;

/** One token for each letter of an ASCII alphabet, and no end token. */
public final class LetterVocabulary implements Vocabulary {
  private final String alphabet;
  private final byte[][] bytes;

  /**
   * Over the given letters; the id of a letter is its index.
   *
   * @throws IllegalArgumentException unless they are one or more different ASCII characters
   */
  public LetterVocabulary(String alphabet) {
    boolean ascii = alphabet.chars().allMatch(c -> c < 128);
    if (alphabet.isEmpty() || !ascii || alphabet.chars().distinct().count() < alphabet.length()) {
      throw new IllegalArgumentException(
          "an alphabet needs one or more different ASCII characters, got \"" + alphabet + "\"");
    }
    this.alphabet = alphabet;
    this.bytes = alphabet.chars().mapToObj(c -> new byte[] {(byte) c}).toArray(byte[][]::new);
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
    Objects.checkIndex(token, size());
    return false;
  }

  /**
   * The letters' indices.
   *
   * @throws IllegalArgumentException for a character outside the alphabet
   */
  @Override
  public int[] encode(String text) {
    return IntStream.range(0, text.length()).map(i -> indexOf(text.charAt(i))).toArray();
  }

  private int indexOf(char letter) {
    int index = alphabet.indexOf(letter);
    if (index < 0) {
      throw new IllegalArgumentException(
          "'" + letter + "' is not a letter of the alphabet \"" + alphabet + "\"");
    }
    return index;
  }
}
