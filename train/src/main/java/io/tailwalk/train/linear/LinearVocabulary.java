package io.tailwalk.train.linear;

import io.tailwalk.core.model.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The tokens of a problem, one ASCII character each, followed by one token for each prompt: prompt
 * 12 is written {@code <12>}. No token ends a response; it ends at its length.
 */
final class LinearVocabulary implements Vocabulary {
  private final String letters;
  private final byte[][] bytes;

  /**
   * Over the given letters; the id of a letter is its index.
   *
   * @throws IllegalArgumentException unless they are different ASCII characters and none is {@code
   *     <}
   */
  LinearVocabulary(String letters, int prompts) {
    boolean ascii = letters.chars().allMatch(c -> c < 128 && c != '<');
    if (letters.isEmpty() || !ascii || letters.chars().distinct().count() < letters.length()) {
      throw new IllegalArgumentException(
          "tokens need different ASCII characters other than '<', got \"" + letters + "\"");
    }
    this.letters = letters;
    this.bytes = new byte[letters.length() + prompts][];
    for (int token = 0; token < bytes.length; token++) {
      String text =
          token < letters.length()
              ? letters.substring(token, token + 1)
              : "<" + (token - letters.length()) + ">";
      bytes[token] = text.getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** Tokens that a response is made of; those after are prompts. */
  int letters() {
    return letters.length();
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
   * The letters' indices, and those of prompts.
   *
   * @throws IllegalArgumentException for anything else
   */
  @Override
  public int[] encode(String text) {
    List<Integer> tokens = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = text.charAt(at) == '<' ? text.indexOf('>', at) + 1 : at + 1;
      String part = end > at ? text.substring(at, end) : text.substring(at);
      tokens.add(token(part, text));
      at += part.length();
    }
    return tokens.stream().mapToInt(Integer::intValue).toArray();
  }

  private int token(String part, String text) {
    for (int token = 0; token < bytes.length; token++) {
      if (part.equals(new String(bytes[token], StandardCharsets.US_ASCII))) {
        return token;
      }
    }
    throw new IllegalArgumentException(
        "\""
            + part
            + "\" in \""
            + text
            + "\" is not a token: the letters are "
            + letters
            + " and the prompts <0> to <"
            + (bytes.length - letters.length() - 1)
            + ">");
  }
}
