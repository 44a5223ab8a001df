package io.tailwalk.builtin.tree;

import io.tailwalk.core.model.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Children by number: token {@code i} goes to the i-th child, token {@code width + i} to the i-th
 * child if that is a leaf, and ends. Both add {@code "i."} to the text.
 */
final class ChildVocabulary implements Vocabulary {
  private final int width;
  private final byte[][] bytes;

  ChildVocabulary(int width) {
    this.width = width;
    this.bytes =
        IntStream.range(0, 2 * width)
            .mapToObj(i -> (i % width + ".").getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);
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
    return java.util.Objects.checkIndex(token, bytes.length) >= width;
  }

  /**
   * The numbers' tokens, none of them an end token.
   *
   * @throws IllegalArgumentException if the text is not of the form {@code "0.2.1."}
   */
  @Override
  public int[] encode(String text) {
    if (!text.matches("([0-9]{1,9}\\.)*")) {
      throw new IllegalArgumentException(
          "a path in a tree is written as child numbers, each followed by a point (0.2.), got \""
              + text
              + "\"");
    }
    int[] path =
        Arrays.stream(text.split("\\.", -1))
            .filter(number -> !number.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    for (int child : path) {
      if (child >= width) {
        throw new IllegalArgumentException(
            "no node of the tree has a child number " + child + "; the largest is " + (width - 1));
      }
    }
    return path;
  }
}
