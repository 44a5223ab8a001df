package io.tailwalk.convert.tokenizer;

import io.tailwalk.convert.files.JsonObject;
import io.tailwalk.core.Plural;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.records.TableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tokens by id, as many as the embedding has rows: an id without a token is unused, and an added
 * token without a row is left out.
 */
final class Vocabulary {
  private final Path file;
  private final @Nullable String[] texts;
  private final TokenKind[] kinds;
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * A vocabulary of unused tokens.
   *
   * @param file the file of the tokenizer
   * @param size rows of the embedding
   */
  Vocabulary(Path file, int size) {
    this.file = file;
    texts = new @Nullable String[size];
    kinds = new TokenKind[size];
    Arrays.fill(kinds, TokenKind.UNUSED);
  }

  /** Adds the tokens of the model in a {@code tokenizer.json}. */
  void addModel(JsonObject model) {
    if (!model.node("vocab").isObject() || model.node("vocab").isEmpty()) {
      throw model.wrong("vocab", "is not an object with the id of each token");
    }
    model
        .node("vocab")
        .propertyStream()
        .forEach(entry -> {
          if (!entry.getValue().isIntegralNumber() || !entry.getValue().canConvertToInt()) {
            throw model.wrong("vocab", "has an id that is not a whole number");
          }
          add(entry.getValue().intValue(), entry.getKey(), TokenKind.NORMAL);
        });
  }

  /** Adds a token of the model. */
  void add(int id, String text, TokenKind kind) {
    if (id < 0 || id >= texts.length) {
      throw new ModelException(
          "%s has the token %s with id %d, and the embedding has %d rows; use the tokenizer and the config.json of the same model"
              .formatted(file, TableException.quoted(text), id, texts.length));
    }
    String other = texts[id];
    Integer otherId = ids.get(text);
    if (text.isEmpty()
        || (other != null && !other.equals(text))
        || (otherId != null && otherId != id)) {
      throw new ModelException(
          "%s has the token %s with id %d, which is empty or shares its text or its id with another; download the file again"
              .formatted(file, TableException.quoted(text), id));
    }
    texts[id] = text;
    kinds[id] = kind;
    ids.put(text, id);
  }

  /** Adds tokens that are found in text before it is split, those with a row in the embedding. */
  void addAdded(List<AddedToken> tokens) {
    List<AddedToken> beyond = tokens.stream().filter(token -> token.id() >= texts.length).toList();
    if (!beyond.isEmpty()) {
      notes.add(
          "%s without a row in the embedding left out, the first is %s"
              .formatted(
                  Plural.of(beyond.size(), "added token"),
                  TableException.quoted(beyond.getFirst().text())));
    }
    for (AddedToken token : tokens) {
      if (token.id() < texts.length) {
        add(token.id(), token.text(), token.special() ? TokenKind.CONTROL : TokenKind.USER_DEFINED);
      }
    }
  }

  /** Changes the kind of a token. */
  void mark(int id, TokenKind kind) {
    kinds[id] = kind;
  }

  /** The id of a text; -1 if it is not a token. */
  int id(String text) {
    return ids.getOrDefault(text, -1);
  }

  /** The kind of a token. */
  TokenKind kind(int id) {
    return kinds[id];
  }

  /** Number of tokens, unused ones included. */
  int size() {
    return texts.length;
  }

  /** The text of a token; an unused one has a text that is no other token's. */
  String text(int id) {
    String text = texts[id];
    if (text != null) {
      return text;
    }
    String unused = "[PAD" + id + "]";
    return ids.containsKey(unused) ? "[unused " + id + "]" : unused;
  }

  /** The texts of all tokens. */
  List<String> texts() {
    List<String> all = new ArrayList<>(texts.length);
    for (int id = 0; id < texts.length; id++) {
      all.add(text(id));
    }
    return all;
  }

  /** llama.cpp's numbers of the kinds. */
  int[] kindNumbers() {
    return Arrays.stream(kinds).mapToInt(TokenKind::number).toArray();
  }

  /** What a user should know. */
  List<String> notes() {
    long unused = Arrays.stream(texts).filter(Objects::isNull).count();
    List<String> all = new ArrayList<>(notes);
    if (unused > 0) {
      all.add("%s of the embedding without a token".formatted(Plural.of(unused, "row")));
    }
    return all;
  }
}
