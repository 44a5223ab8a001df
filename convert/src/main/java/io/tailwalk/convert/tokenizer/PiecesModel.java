package io.tailwalk.convert.tokenizer;

import io.tailwalk.core.model.ModelException;
import io.tailwalk.records.AtomicFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A {@code tokenizer.model} of SentencePiece (sentencepiece_model.proto): pieces with scores and
 * kinds, and how text is prepared.
 */
final class PiecesModel {
  private static final long MOST_BYTES = 64L << 20;

  private static final int PIECES = 1;
  private static final int TRAINER = 2;
  private static final int NORMALIZER = 3;
  private static final int BYTE_PAIRS = 2;

  private record Piece(String text, float score, int kind) {}

  private final Path file;
  private final List<Piece> pieces = new ArrayList<>();
  private int algorithm = 1;
  private boolean addsSpace = true;
  private boolean removesSpaces = true;
  private boolean escapesSpaces = true;
  private boolean hasCharacterMap;

  private PiecesModel(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @param size rows of the embedding
   * @param added tokens that other files add
   */
  static Pieces of(Path file, int size, List<AddedToken> added) {
    PiecesModel model = new PiecesModel(file);
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new ModelException(
            file + " is larger than any SentencePiece model; download it again");
      }
      model.read(new ProtoReader(file, ByteBuffer.wrap(Files.readAllBytes(file))));
    } catch (IOException e) {
      throw new ModelException(String.valueOf(AtomicFiles.unreadable(file, e).getMessage()), e);
    }
    return model.pieces(size, added);
  }

  private void read(ProtoReader message) {
    while (message.next()) {
      switch (message.field()) {
        case PIECES -> pieces.add(piece(message.message()));
        case TRAINER -> readTrainer(message.message());
        case NORMALIZER -> readNormalizer(message.message());
        default -> message.skip();
      }
    }
  }

  private static Piece piece(ProtoReader message) {
    String text = "";
    float score = 0;
    int kind = 1;
    while (message.next()) {
      switch (message.field()) {
        case 1 -> text = message.text();
        case 2 -> score = message.number();
        case 3 -> kind = (int) message.whole();
        default -> message.skip();
      }
    }
    return new Piece(text, score, kind);
  }

  private void readTrainer(ProtoReader message) {
    while (message.next()) {
      if (message.field() == 3) {
        algorithm = (int) message.whole();
      } else {
        message.skip();
      }
    }
  }

  private void readNormalizer(ProtoReader message) {
    while (message.next()) {
      switch (message.field()) {
        case 2 -> hasCharacterMap = message.length() > 0;
        case 3 -> addsSpace = message.whole() != 0;
        case 4 -> removesSpaces = message.whole() != 0;
        case 5 -> escapesSpaces = message.whole() != 0;
        default -> message.skip();
      }
    }
  }

  private Pieces pieces(int size, List<AddedToken> added) {
    if (pieces.isEmpty()) {
      throw new ModelException(file + " has no pieces; download it again");
    }
    require(algorithm == BYTE_PAIRS, "does not join pairs (its model_type is " + algorithm + ")");
    require(!hasCharacterMap, "replaces characters before it splits text (precompiled_charsmap)");
    require(!removesSpaces, "removes repeated spaces (remove_extra_whitespaces)");
    require(escapesSpaces, "keeps spaces as they are (escape_whitespaces)");
    Vocabulary vocabulary = new Vocabulary(file, size);
    float[] scores = new float[size];
    Arrays.fill(scores, Pieces.NEVER);
    for (int id = 0; id < pieces.size(); id++) {
      Piece piece = pieces.get(id);
      TokenKind kind = kind(piece.kind);
      boolean whole = kind == TokenKind.USER_DEFINED;
      // llama.cpp looks for such pieces in the text itself, where a space is a space.
      String text = whole ? piece.text.replace(Pieces.SPACE, " ") : piece.text;
      vocabulary.add(id, text, kind);
      scores[id] = kind == TokenKind.NORMAL ? piece.score : Pieces.NEVER;
    }
    vocabulary.addAdded(added);
    require(Pieces.markBytes(vocabulary), "lacks a piece such as <0x0A> for each byte");
    return new Pieces(vocabulary, scores, addsSpace);
  }

  private TokenKind kind(int number) {
    return switch (number) {
      case 1 -> TokenKind.NORMAL;
      case 2 -> TokenKind.UNKNOWN;
      case 3 -> TokenKind.CONTROL;
      case 4 -> TokenKind.USER_DEFINED;
      case 5 -> TokenKind.UNUSED;
      case 6 -> TokenKind.BYTE;
      default ->
          throw new ModelException(
              file + " has a piece of the unknown kind " + number + "; download it again");
    };
  }

  private void require(boolean holds, String how) {
    if (!holds) {
      throw new ModelException(
          "%s %s, which llama.cpp does not compute; use a GGUF file of this model or another model"
              .formatted(file, how));
    }
  }
}
