package io.tailwalk.convert.tokenizer;

import io.tailwalk.convert.files.JsonObject;
import io.tailwalk.records.TableException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A {@code tokenizer.json} that Hugging Face made from a SentencePiece model: byte-pair encoding
 * over characters, with bytes for unknown ones.
 *
 * <p>It lists pairs in the order in which they are joined, llama.cpp orders them by a score of the
 * joined token and joins every pair that is a token. Both are the same if all pairs that make a
 * token are listed, one token after the other, as those made from SentencePiece are. Other files
 * are refused.
 */
final class PiecesJson {
  private final JsonObject json;
  private final JsonObject model;
  private final Vocabulary vocabulary;
  private final Merges merges;
  private final Set<Integer> whole = new HashSet<>();

  private PiecesJson(JsonObject json, JsonObject model, Vocabulary vocabulary) {
    this.json = json;
    this.model = model;
    this.vocabulary = vocabulary;
    merges = Merges.of(model, vocabulary);
    for (int id = 0; id < vocabulary.size(); id++) {
      if (vocabulary.kind(id) != TokenKind.NORMAL) {
        whole.add(id);
      }
    }
  }

  /** Reads a {@code tokenizer.json} whose model is BPE with byte fallback. */
  static Pieces of(JsonObject json, JsonObject model, Vocabulary vocabulary) {
    if (model.flag("ignore_merges", false)) {
      throw json.unsupported("model.ignore_merges", "is true with byte_fallback");
    }
    if (!Pieces.markBytes(vocabulary)) {
      throw json.unsupported("model.vocab", "lacks a token such as <0x0A> for each byte");
    }
    PiecesJson pieces = new PiecesJson(json, model, vocabulary);
    model
        .text("unk_token")
        .map(vocabulary::id)
        .filter(id -> id >= 0)
        .ifPresent(id -> vocabulary.mark(id, TokenKind.UNKNOWN));
    boolean addsSpace = SpaceMark.of(json);
    float[] scores = pieces.scores();
    pieces.requireAllPairs();
    pieces.unmarkSpaces();
    return new Pieces(vocabulary, scores, addsSpace);
  }

  /** The negative place of the first pair that becomes a token. */
  private float[] scores() {
    float[] scores = new float[vocabulary.size()];
    Arrays.fill(scores, Pieces.NEVER);
    int last = -1;
    int place = 0;
    for (Merges.Pair pair : merges.pairs()) {
      int id = vocabulary.id(pair.joined());
      if (scores[id] == Pieces.NEVER) {
        scores[id] = -place;
      } else if (id != last && !isFoundBefore(id)) {
        throw model.unsupported(
            "merges",
            "make %s of pairs that are not next to each other, unlike those of a SentencePiece model"
                .formatted(TableException.quoted(pair.joined())));
      }
      last = id;
      place++;
    }
    return scores;
  }

  /** Tokens found whole, and runs of spaces, which SentencePiece finds whole. */
  private boolean isFoundBefore(int id) {
    return whole.contains(id) || isSpaces(vocabulary.text(id));
  }

  private static boolean isSpaces(String text) {
    return text.replace(Pieces.SPACE, "").isEmpty();
  }

  private void requireAllPairs() {
    Set<Merges.Pair> listed = new HashSet<>(merges.pairs());
    Set<Integer> joined = new HashSet<>();
    merges.pairs().forEach(pair -> joined.add(vocabulary.id(pair.joined())));
    for (int id : joined) {
      String text = vocabulary.text(id);
      for (int at = text.offsetByCodePoints(0, 1);
          at < text.length();
          at = text.offsetByCodePoints(at, 1)) {
        String left = text.substring(0, at);
        String right = text.substring(at);
        if (isMade(left, joined)
            && isMade(right, joined)
            && !listed.contains(new Merges.Pair(left, right))) {
          throw model.unsupported(
              "merges",
              "lack the pair %s and %s, which llama.cpp would join: they are not those of a SentencePiece model"
                  .formatted(TableException.quoted(left), TableException.quoted(right)));
        }
      }
    }
  }

  /** Whether a text can be what is left or right of a place: a character or made of a pair. */
  private boolean isMade(String text, Set<Integer> joined) {
    int id = vocabulary.id(text);
    return id >= 0
        && (joined.contains(id) || text.codePointCount(0, text.length()) == 1)
        && !isFoundBefore(id);
  }

  /**
   * Added tokens of {@link Pieces#SPACE} only occur in text through pairs: Hugging Face looks for
   * this very letter before it replaces spaces by it.
   */
  private void unmarkSpaces() {
    for (int id : whole) {
      if (vocabulary.kind(id) == TokenKind.USER_DEFINED
          && vocabulary.text(id).contains(Pieces.SPACE)) {
        if (!isSpaces(vocabulary.text(id))) {
          throw json.unsupported(
              "added_tokens",
              "has the token %s with the letter for a space"
                  .formatted(TableException.quoted(vocabulary.text(id))));
        }
        vocabulary.mark(id, TokenKind.NORMAL);
      }
    }
  }

  /** Where spaces become {@link Pieces#SPACE}. */
  private static final class SpaceMark {
    private SpaceMark() {}

    /** Whether a space is put before a text; forms that llama.cpp does not have are refused. */
    static boolean of(JsonObject json) {
      JsonNode normalizer = json.node("normalizer");
      JsonNode parts = normalizer.path("normalizers");
      boolean prepends = false;
      boolean replaces = false;
      for (JsonNode part : parts.isArray() ? parts : java.util.List.of(normalizer)) {
        if (part.isNull() || part.isMissingNode()) {
          continue;
        }
        if (isA(part, "Prepend") && part.path("prepend").asString("").equals(Pieces.SPACE)) {
          prepends = true;
        } else if (isA(part, "Replace")
            && part.path("pattern").path("String").asString("").equals(" ")
            && part.path("content").asString("").equals(Pieces.SPACE)) {
          replaces = true;
        } else {
          throw json.unsupported("normalizer", "has " + TableException.quoted(part.toString()));
        }
      }
      return split(json, prepends, replaces);
    }

    private static boolean split(JsonObject json, boolean prepends, boolean replaces) {
      JsonNode node = json.node("pre_tokenizer");
      boolean none = node.isNull() || node.isMissingNode();
      // Without effect behind a normalizer that has replaced all spaces.
      boolean spaces =
          isA(node, "Split") && node.path("pattern").path("String").asString("").equals(" ");
      if (replaces && (none || spaces)) {
        return prepends;
      }
      boolean mark =
          isA(node, "Metaspace")
              && node.path("replacement").asString("").equals(Pieces.SPACE)
              && !node.path("split").asBoolean(true);
      String scheme =
          node.path("prepend_scheme")
              .asString(node.path("add_prefix_space").asBoolean(true) ? "always" : "never");
      if (!mark || prepends || replaces) {
        throw json.unsupported(
            "pre_tokenizer",
            "is %s with byte_fallback".formatted(TableException.quoted(node.toString())));
      }
      return !scheme.equals("never");
    }

    private static boolean isA(JsonNode node, String type) {
      return node.path("type").asString("").equals(type);
    }
  }
}
