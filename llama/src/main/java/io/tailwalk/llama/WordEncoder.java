package io.tailwalk.llama;

import io.tailwalk.core.model.ModelException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Encodes text for vocabularies in which every token is a space and a word. For anything except
 * words separated by single spaces llama.cpp's own encoder searches tokens of single bytes and ends
 * the process if there are none.
 */
final class WordEncoder {
  private static final int[] NOTHING = {};

  private final Map<String, Integer> tokens = new HashMap<>();

  private WordEncoder() {}

  /** The encoder, if the vocabulary has only words. */
  static Optional<WordEncoder> of(byte[][] pieces) {
    var encoder = new WordEncoder();
    for (int token = 0; token < pieces.length; token++) {
      String piece = new String(pieces[token], StandardCharsets.UTF_8);
      if (piece.length() < 2 || piece.lastIndexOf(' ') != 0) {
        return Optional.empty();
      }
      encoder.tokens.put(piece.substring(1), token);
    }
    return Optional.of(encoder);
  }

  /**
   * Token ids of the words of a text.
   *
   * @throws ModelException for a word that is not a token
   */
  int[] encode(String text) {
    String[] parts = text.strip().split("\\s+", -1);
    if (parts.length == 1 && parts[0].isEmpty()) {
      return NOTHING;
    }
    int[] ids = new int[parts.length];
    for (int i = 0; i < ids.length; i++) {
      Integer token = tokens.get(parts[i]);
      if (token == null) {
        throw new ModelException(
            "the word \""
                + parts[i]
                + "\" is not a token of this model, whose tokens are words; write only its words, with"
                + " single spaces between");
      }
      ids[i] = token;
    }
    return ids;
  }
}
