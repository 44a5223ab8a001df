package io.tailwalk.convert.tokenizer;

import io.tailwalk.convert.files.JsonObject;
import io.tailwalk.records.TableException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A token that is found in text before the rest is split.
 *
 * @param id its id
 * @param text its text
 * @param special whether it is not text, such as the end of a turn
 */
record AddedToken(int id, String text, boolean special) {

  /** The {@code added_tokens} of a {@code tokenizer.json}. */
  static List<AddedToken> of(JsonObject json) {
    List<AddedToken> tokens = new ArrayList<>();
    for (JsonNode node : json.list("added_tokens")) {
      String text = node.path("content").asString("");
      JsonNode id = node.path("id");
      if (text.isEmpty() || !id.isIntegralNumber() || !id.canConvertToInt() || id.intValue() < 0) {
        throw json.wrong("added_tokens", "has a token without a text or an id");
      }
      requirePlain(json, node, text);
      tokens.add(new AddedToken(id.intValue(), text, node.path("special").asBoolean(false)));
    }
    return tokens;
  }

  /**
   * Refuses forms that llama.cpp does not have.
   *
   * @param node the description of a token
   */
  static void requirePlain(JsonObject json, JsonNode node, String text) {
    for (String key : List.of("single_word", "lstrip", "rstrip")) {
      if (node.path(key).asBoolean(false)) {
        throw json.unsupported(key, "is true for the added token " + TableException.quoted(text));
      }
    }
  }
}
