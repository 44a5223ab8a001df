package io.tailwalk.builtin.ngram;

import io.tailwalk.core.model.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * One token for each byte, with the byte's unsigned value as id, and {@link #END}. Every text can
 * be encoded, as its UTF-8 bytes.
 */
public final class ByteVocabulary implements Vocabulary {
  /** The end token's id; it adds no bytes. */
  public static final int END = 256;

  /** The only instance. */
  public static final ByteVocabulary INSTANCE = new ByteVocabulary();

  private final byte[][] bytes =
      IntStream.rangeClosed(0, END)
          .mapToObj(i -> i == END ? new byte[0] : new byte[] {(byte) i})
          .toArray(byte[][]::new);

  private ByteVocabulary() {}

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
    if (token < 0 || token > END) {
      throw new IndexOutOfBoundsException("token id " + token + " lies outside 0.." + END);
    }
    return token == END;
  }

  @Override
  public int[] encode(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return IntStream.range(0, utf8.length).map(i -> utf8[i] & 0xFF).toArray();
  }
}
