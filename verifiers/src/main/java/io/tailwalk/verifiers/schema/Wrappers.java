package io.tailwalk.verifiers.schema;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The schema inside what APIs wrap around schemas: a function of OpenAI's tools ({@code
 * parameters}), or a {@code response_format} ({@code json_schema}, {@code schema}, {@code
 * json_object}).
 */
final class Wrappers {
  private static final List<String> OF_SCHEMAS =
      List.of("properties", "$ref", "anyOf", "oneOf", "allOf", "enum", "const", "items", "$schema");

  private Wrappers() {}

  /** The schema itself, if nothing is wrapped around it. */
  @SuppressWarnings("ReferenceEquality") // whether a step inwards was made
  static JsonNode unwrapped(JsonNode node) {
    JsonNode at = node;
    JsonNode format = isAlone(node, "response_format") ? node.get("response_format") : node;
    if (isAlone(format, "type") && format.path("type").asString("").equals("json_object")) {
      return JsonNodeFactory.instance.objectNode().put("type", "object");
    }
    for (String outer : List.of("response_format", "text", "format", "function", "json_schema")) {
      JsonNode inner = at.get(outer);
      if (inner != null && inner.isObject() && isWrapper(at, outer)) {
        at = inner;
      }
    }
    for (String keyword : List.of("parameters", "input_schema", "schema")) {
      JsonNode inner = at.get(keyword);
      boolean named = at.path("name").isString() || at != node || isWrapper(at, keyword);
      if (inner != null && inner.isObject() && named && OF_SCHEMAS.stream().noneMatch(at::has)) {
        return inner;
      }
    }
    return node;
  }

  private static boolean isAlone(JsonNode node, String keyword) {
    return node.size() == 1 && node.has(keyword);
  }

  private static boolean isWrapper(JsonNode node, String keyword) {
    String type = node.path("type").asString("");
    return switch (keyword) {
      case "response_format", "text" -> node.size() == 1;
      case "format" -> node.size() == 1 && node.get("format").isObject();
      case "function" -> type.equals("function");
      case "json_schema", "schema" -> type.equals("json_schema");
      default -> type.equals("function");
    };
  }
}
