package io.tailwalk.llama;

import io.tailwalk.core.model.ModelException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/*
 * llama.cpp's SentencePiece encoder splits a text into characters, joins those whose union is a token,
 * and encodes a character that is no token by its bytes; where a byte has no token it ends the
 * process. Its byte-level encoder starts from bytes, joins them, and leaves out one that has no token
 * in the end. Most vocabularies have all bytes, and then there is nothing to check.
 */
/** The characters for which a vocabulary that lacks some bytes has tokens. */
final class TextCoverage {
  private static final int BYTES = 256;
  private static final int BYTE_TOKEN_LENGTH = 6;
  private static final String SENTENCE_PIECE = "llama";
  private static final Set<String> ENCODERS = Set.of(SENTENCE_PIECE, "gpt2");

  private final BitSet bytes = new BitSet(BYTES);
  private final Set<String> characters = new HashSet<>();

  private final boolean sentencePiece;

  private TextCoverage(boolean sentencePiece) {
    this.sentencePiece = sentencePiece;
  }

  /**
   * The check for a vocabulary; empty if it has all bytes or its encoder needs no check.
   *
   * @param tokenizer the kind of tokenizer in the file
   * @param pieces the bytes of every token
   */
  static Optional<TextCoverage> of(String tokenizer, byte[][] pieces) {
    if (!ENCODERS.contains(tokenizer)) {
      return Optional.empty();
    }
    TextCoverage coverage = new TextCoverage(tokenizer.equals(SENTENCE_PIECE));
    for (byte[] piece : pieces) {
      coverage.add(piece);
    }
    return coverage.bytes.cardinality() == BYTES ? Optional.empty() : Optional.of(coverage);
  }

  private void add(byte[] piece) {
    if (piece.length == 1) {
      bytes.set(piece[0] & 0xff);
    }
    if (piece.length == 0 || piece.length > BYTE_TOKEN_LENGTH) {
      return;
    }
    String text = new String(piece, StandardCharsets.UTF_8);
    if (text.matches("<0x[0-9A-F]{2}>")) {
      bytes.set(Integer.parseInt(text.substring(3, 5), 16));
    } else if (text.codePointCount(0, text.length()) == 1) {
      characters.add(text);
    }
  }

  /**
   * Refuses a text with a character that has no token and no tokens of its bytes.
   *
   * @throws ModelException that names the character
   */
  void require(String text) {
    if (text.isEmpty()) {
      return;
    }
    // SentencePiece writes a space as U+2581, and may put one before the text.
    String written = sentencePiece ? " " + text.replace('\u2581', ' ') : text;
    written
        .codePoints()
        .filter(point -> !has(Character.toString(point)))
        .findFirst()
        .ifPresent(point -> {
          throw new ModelException(
              "the model has no token for the character U+%04X%s, nor for its bytes, so the text cannot be encoded; write the text without it, or give token ids"
                  .formatted(
                      point,
                      Character.isLetterOrDigit(point)
                          ? " (" + Character.toString(point) + ")"
                          : ""));
        });
  }

  private boolean has(String character) {
    if (characters.contains(character)) {
      return true;
    }
    for (byte each : character.getBytes(StandardCharsets.UTF_8)) {
      if (!bytes.get(each & 0xff)) {
        return false;
      }
    }
    return true;
  }
}
