package io.tailwalk.convert.tokenizer;

import io.tailwalk.llama.gguf.GgufWriter;
import java.util.Locale;

/**
 * A vocabulary of SentencePiece that joins pairs in the order of the scores of the joined tokens:
 * llama.cpp's "llama".
 *
 * @param vocabulary the tokens, spaces as {@link #SPACE}
 * @param scores score of each token; the pair with the highest is joined first
 * @param addsSpace whether a space is put before a text
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Pieces(Vocabulary vocabulary, float[] scores, boolean addsSpace) {
  /** The letter for a space. */
  static final String SPACE = "\u2581";

  /** Score of tokens that no pair of the tokenizer becomes. */
  static final float NEVER = -1e9f;

  /** The token of a byte. */
  static String ofByte(int value) {
    return String.format(Locale.ROOT, "<0x%02X>", value);
  }

  /** Marks the tokens of single bytes; false if one is missing. */
  static boolean markBytes(Vocabulary vocabulary) {
    for (int value = 0; value < 256; value++) {
      int id = vocabulary.id(ofByte(value));
      if (id < 0) {
        return false;
      }
      vocabulary.mark(id, TokenKind.BYTE);
    }
    return true;
  }

  /** Adds the entries of the tokenizer. */
  void addTo(GgufWriter writer) {
    writer.text("tokenizer.ggml.model", "llama");
    writer.text("tokenizer.ggml.pre", "default");
    writer.texts("tokenizer.ggml.tokens", vocabulary.texts());
    writer.floats("tokenizer.ggml.scores", scores);
    writer.ints("tokenizer.ggml.token_type", vocabulary.kindNumbers());
    writer.flag("tokenizer.ggml.add_space_prefix", addsSpace);
  }
}
