package io.tailwalk.convert.tokenizer;

import io.tailwalk.convert.files.JsonObject;
import io.tailwalk.records.TableException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Tokens that are put around every text.
 *
 * @param begins whether one is put before
 * @param ends whether one is put behind
 * @param begin its id; -1 if it is the tokenizer's own
 * @param end its id; -1 if it is the tokenizer's own
 */
record EdgeTokens(boolean begins, boolean ends, int begin, int end) {

  /** The {@code post_processor} of a {@code tokenizer.json}. */
  static EdgeTokens of(JsonObject json, Vocabulary vocabulary) {
    List<JsonNode> templates = new ArrayList<>();
    JsonNode node = json.node("post_processor");
    JsonNode parts = node.path("processors");
    for (JsonNode part : parts.isArray() ? parts : List.of(node)) {
      switch (part.path("type").asString("")) {
        case "TemplateProcessing" -> templates.add(part);
        case "ByteLevel" -> {}
        default -> {
          if (!part.isNull() && !part.isMissingNode()) {
            throw json.unsupported(
                "post_processor", "has " + TableException.quoted(part.toString()));
          }
        }
      }
    }
    if (templates.size() > 1) {
      throw json.unsupported("post_processor", "has two templates");
    }
    return templates.isEmpty()
        ? new EdgeTokens(false, false, -1, -1)
        : ofTemplate(json, templates.getFirst(), vocabulary);
  }

  private static EdgeTokens ofTemplate(JsonObject json, JsonNode template, Vocabulary vocabulary) {
    List<String> before = new ArrayList<>();
    List<String> behind = new ArrayList<>();
    boolean text = false;
    for (JsonNode part : template.path("single")) {
      if (part.has("Sequence")) {
        text = true;
      } else {
        (text ? behind : before).add(part.path("SpecialToken").path("id").asString(""));
      }
    }
    if (!text || before.size() > 1 || behind.size() > 1) {
      throw json.unsupported(
          "post_processor", "has a template other than one token before and one behind a text");
    }
    return new EdgeTokens(
        !before.isEmpty(),
        !behind.isEmpty(),
        before.isEmpty() ? -1 : id(json, before.getFirst(), vocabulary),
        behind.isEmpty() ? -1 : id(json, behind.getFirst(), vocabulary));
  }

  private static int id(JsonObject json, String text, Vocabulary vocabulary) {
    int id = vocabulary.id(text);
    if (id < 0) {
      throw json.wrong(
          "post_processor", "puts in " + TableException.quoted(text) + ", which is not a token");
    }
    return id;
  }
}
