package io.tailwalk.train.recipe;

import io.tailwalk.convert.tokenizer.ByteLetters;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.train.gguf.GgufTokenizer;
import io.tailwalk.values.LearningException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What tokens write, as llama.cpp reads them from an exported model. */
final class TokenTexts implements Vocabulary {
  private static final byte[] NOTHING = {};

  private final List<byte[]> texts;
  private final int end;

  private TokenTexts(List<byte[]> texts, int end) {
    this.texts = texts;
    this.end = end;
  }

  /**
   * The texts of a tokenizer's tokens.
   *
   * @throws LearningException if its tokens have no texts
   */
  static TokenTexts of(GgufTokenizer tokenizer) {
    return switch (tokenizer) {
      case GgufTokenizer.Words words -> ofWords(words);
      case GgufTokenizer.ByteLevel bytes -> ofBytes(bytes);
      case GgufTokenizer.Ids _ ->
          throw new LearningException(
              "a tokenizer of kind ids has no texts for a verifier; use another tokenizer");
    };
  }

  private static TokenTexts ofWords(GgufTokenizer.Words words) {
    List<byte[]> texts = new ArrayList<>();
    for (int token = 0; token < words.size(); token++) {
      String text = " " + words.words().get(token);
      texts.add(token == words.end() ? NOTHING : text.getBytes(StandardCharsets.UTF_8));
    }
    return new TokenTexts(texts, words.end());
  }

  private static TokenTexts ofBytes(GgufTokenizer.ByteLevel tokenizer) {
    Map<Integer, Integer> bytes = new HashMap<>();
    for (int value = 0; value < 256; value++) {
      bytes.put(ByteLetters.of(value), value);
    }
    List<byte[]> texts = new ArrayList<>();
    for (int token = 0; token < tokenizer.size(); token++) {
      String written = tokenizer.tokens().get(token);
      if (token == tokenizer.end() || tokenizer.special().contains(token)) {
        texts.add(NOTHING);
      } else if (tokenizer.whole().contains(token)) {
        texts.add(written.getBytes(StandardCharsets.UTF_8));
      } else {
        var out = new ByteArrayOutputStream();
        written.codePoints().forEach(letter -> out.write(bytes.getOrDefault(letter, (int) '?')));
        texts.add(out.toByteArray());
      }
    }
    return new TokenTexts(texts, tokenizer.end());
  }

  @Override
  public int size() {
    return texts.size();
  }

  @Override
  public byte[] bytes(int token) {
    return texts.get(token);
  }

  /** The token that ends a response. */
  int end() {
    return end;
  }

  @Override
  public boolean isEnd(int token) {
    return token == end;
  }

  @Override
  public int[] encode(String text) {
    throw new UnsupportedOperationException("responses are drawn token by token");
  }
}
