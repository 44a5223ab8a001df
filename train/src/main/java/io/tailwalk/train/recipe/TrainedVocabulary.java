package io.tailwalk.train.recipe;

import io.tailwalk.convert.tokenizer.ByteLetters;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.train.gguf.GgufTokenizer;
import io.tailwalk.values.LearningException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The tokens of a trained model, with the texts that they have in its GGUF file. Word 12 is written
 * {@code " 12"}, and so is token 12 of a tokenizer of kind ids.
 */
final class TrainedVocabulary implements Vocabulary {
  private final Tokens tokens;
  private final byte[][] bytes;
  private final int end;

  /**
   * The tokens.
   *
   * @throws LearningException if it is a tokenizer whose tokens have no bytes of their own
   */
  TrainedVocabulary(Tokens tokens) {
    this.tokens = tokens;
    switch (tokens.forGguf()) {
      case GgufTokenizer.Ids(int size) -> {
        bytes = new byte[size][];
        Arrays.setAll(bytes, id -> text(" " + id));
        end = -1;
      }
      case GgufTokenizer.Words(List<String> words, int last) -> {
        bytes = new byte[words.size()][];
        Arrays.setAll(bytes, id -> id == last ? new byte[0] : text(" " + words.get(id)));
        end = last;
      }
      case GgufTokenizer.ByteLevel level -> {
        bytes = new byte[level.size()][];
        Map<Integer, Byte> letters = letters();
        Arrays.setAll(
            bytes,
            id -> {
              boolean silent = level.special().contains(id) || level.unused().contains(id);
              String token = level.tokens().get(id);
              return silent
                  ? new byte[0]
                  : level.whole().contains(id) ? text(token) : bytes(token, letters);
            });
        end = level.end();
      }
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<Integer, Byte> letters() {
    Map<Integer, Byte> letters = new HashMap<>();
    for (int b = 0; b < 256; b++) {
      letters.put(ByteLetters.of(b), (byte) b);
    }
    return letters;
  }

  private static byte[] bytes(String token, Map<Integer, Byte> letters) {
    int[] points = token.codePoints().toArray();
    byte[] bytes = new byte[points.length];
    for (int i = 0; i < bytes.length; i++) {
      Byte value = letters.get(points[i]);
      if (value == null) {
        throw new LearningException("the token \"" + token + "\" is not made of bytes");
      }
      bytes[i] = value;
    }
    return bytes;
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
    return Objects.checkIndex(token, size()) == end;
  }

  @Override
  public int[] encode(String text) {
    return tokens instanceof Tokens.Ids ? ids(text) : tokens.encode(text);
  }

  private int[] ids(String text) {
    List<Integer> ids = new ArrayList<>();
    for (String word : text.isBlank() ? new String[0] : text.strip().split("\\s+", -1)) {
      try {
        ids.add(Integer.parseInt(word));
      } catch (NumberFormatException e) {
        throw new LearningException(
            "\"" + word + "\" is not a token id, and this model has no other tokens", e);
      }
    }
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public OptionalInt textStart() {
    return tokens.begin() < 0 ? OptionalInt.empty() : OptionalInt.of(tokens.begin());
  }
}
