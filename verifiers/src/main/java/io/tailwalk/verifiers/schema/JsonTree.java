package io.tailwalk.verifiers.schema;

import java.util.ArrayDeque;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads a complete JSON text: no duplicate names, numbers exactly, with any exponent. */
final class JsonTree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Containers around the place, innermost first. */
  private final ArrayDeque<JsonNode> open = new ArrayDeque<>();

  /** The names of the members that open objects stand for. */
  private final ArrayDeque<String> names = new ArrayDeque<>();

  private String name = "";

  private JsonTree() {}

  /**
   * The value of a text.
   *
   * @throws tools.jackson.core.JacksonException if it is not one JSON value
   */
  static JsonNode read(String text) {
    try (JsonParser parser = JsonValues.READER.createParser(text)) {
      JsonNode value = new JsonTree().value(parser);
      if (parser.nextToken() != null) {
        throw new StreamReadException(parser, "a second value follows the first");
      }
      return value;
    }
  }

  /** Why {@link #read} refuses a text, with line, column and remedy. */
  static String fault(String text) {
    return JsonFault.of(text).orElse("a name or text in it is too long; shorten it");
  }

  private JsonNode value(JsonParser parser) {
    while (true) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new StreamReadException(parser, "it has no value");
      }
      JsonNode done;
      switch (token) {
        case PROPERTY_NAME -> {
          name = parser.getString();
          continue;
        }
        case START_OBJECT -> {
          begin(NODES.objectNode());
          continue;
        }
        case START_ARRAY -> {
          begin(NODES.arrayNode());
          continue;
        }
        case END_OBJECT, END_ARRAY -> {
          done = open.pop();
          name = names.pop();
        }
        default -> done = scalar(parser, token);
      }
      JsonNode outer = open.peek();
      if (outer == null) {
        return done;
      }
      if (outer instanceof ObjectNode object) {
        object.set(name, done);
      } else {
        ((ArrayNode) outer).add(done);
      }
    }
  }

  private void begin(JsonNode container) {
    open.push(container);
    names.push(name);
  }

  private static JsonNode scalar(JsonParser parser, JsonToken token) {
    return switch (token) {
      case VALUE_STRING -> NODES.stringNode(parser.getString());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> decimal(parser, parser.getString());
      default -> throw new StreamReadException(parser, "it has a value of no JSON type");
    };
  }

  private static JsonNode decimal(JsonParser parser, String text) {
    if (text.length() > JsonValues.MAX_NUMBER) {
      throw new StreamReadException(parser, "a number has too many characters");
    }
    return Decimals.node(text);
  }
}
