package io.tailwalk.train.tokenizer;

import io.tailwalk.records.JsonText;
import io.tailwalk.values.LearningException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The contents of a {@code tokenizer.json}: its tokens checked, all other parts unchanged. The
 * library interprets the file; contents that would crash the library are refused here.
 */
final class TokenizerJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Larger ids would need a model beyond the scope of the trainer. */
  private static final int MOST_TOKENS = 10_000_000;

  private final Path file;
  private final String text;
  private final ObjectNode root;
  private final Map<Integer, String> tokens = new HashMap<>();
  private final Map<String, Integer> ids = new HashMap<>();

  private TokenizerJson(Path file, String text, ObjectNode root) {
    this.file = file;
    this.text = text;
    this.root = root;
  }

  /**
   * Reads a file.
   *
   * @throws LearningException in one sentence if it holds no tokenizer
   */
  static TokenizerJson read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new LearningException(file + " is not UTF-8; give a tokenizer.json of Hugging Face", e);
    } catch (IOException e) {
      throw new LearningException("cannot read " + file + "; check the path", e);
    }
    try {
      if (JSON.readTree(text) instanceof ObjectNode root) {
        var json = new TokenizerJson(file, text, root);
        json.readTokens();
        return json;
      }
    } catch (JacksonException e) {
      throw new LearningException(
          file
              + (e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr())
              + ": not valid JSON ("
              + JsonText.reason(e)
              + "); give a tokenizer.json of Hugging Face",
          e);
    }
    throw new LearningException(
        file + " holds no JSON object; give a tokenizer.json of Hugging Face");
  }

  private void readTokens() {
    JsonNode vocabulary = root.path("model").path("vocab");
    if (vocabulary.isObject()) {
      vocabulary.propertyStream().forEach(entry -> add(entry.getKey(), entry.getValue()));
    } else if (vocabulary.isArray()) {
      for (int i = 0; i < vocabulary.size(); i++) {
        put(i, vocabulary.get(i).path(0).asString(""));
      }
    }
    if (tokens.isEmpty()) {
      throw error("its model has no vocabulary");
    }
    JsonNode added = root.path("added_tokens");
    for (JsonNode token : added) {
      add(token.path("content").asString(""), token.path("id"));
    }
    if (size() > 2 * tokens.size()) {
      throw error("most ids below " + size() + " have no token");
    }
  }

  private void add(String token, JsonNode id) {
    if (!id.isIntegralNumber()
        || !id.canConvertToInt()
        || id.intValue() < 0
        || id.intValue() >= MOST_TOKENS) {
      throw error("the token \"" + printable(token) + "\" has the id " + printable(id.toString()));
    }
    put(id.intValue(), token);
  }

  private void put(int id, String token) {
    if (token.isEmpty()) {
      throw error("token " + id + " is empty");
    }
    String other = tokens.put(id, token);
    Integer otherId = ids.put(token, id);
    if ((other != null && !other.equals(token)) || (otherId != null && otherId != id)) {
      throw error(
          "the token \""
              + printable(token)
              + "\" with id "
              + id
              + " shares its "
              + (otherId != null && otherId != id ? "text with id " + otherId : "id with another"));
    }
  }

  /** Removes control characters and shortens long texts. */
  private static String printable(String text) {
    String flat = text.replaceAll("\\p{Cntrl}", "?");
    return flat.length() <= 40 ? flat : flat.substring(0, 40) + "...";
  }

  /** The error about the file. */
  LearningException error(String problem) {
    return new LearningException(
        file + ": " + problem + "; write the file again with Hugging Face's tokenizers");
  }

  /** The path of the file. */
  Path file() {
    return file;
  }

  /** The unchanged file. */
  String text() {
    return text;
  }

  /** A part of the file; a missing node if it does not exist. */
  JsonNode at(String key) {
    return root.path(key);
  }

  /** The token of an id, as the file writes it. */
  Optional<String> token(int id) {
    return Optional.ofNullable(tokens.get(id));
  }

  /** The id of a token as the file writes it; -1 for none. */
  int id(String token) {
    return ids.getOrDefault(token, -1);
  }

  /** One more than the largest id. */
  int size() {
    return tokens.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
  }
}
