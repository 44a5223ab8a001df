package io.tailwalk.verifiers.schema;

import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Random schemas over few names and values, so that many values are valid, and random values. */
final class RandomSchema {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> NAMES = List.of("a", "ab", "b");
  private static final List<String> TEXTS =
      List.of("", "a", "ab", "ba", "2024-02-29", "\u00e9", "\ud83d\ude00");
  private static final List<String> NUMBERS =
      List.of("0", "1", "2", "-1", "1.5", "3", "10", "12", "-0.5");
  private static final List<String> PATTERNS = List.of("^a", "b$", "^[ab]*$", "a|\u00e9", "^.$");

  private final RandomGenerator random;

  RandomSchema(RandomGenerator random) {
    this.random = random;
  }

  private <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** A schema; {@code #/$defs/d} is one that every schema may refer to. */
  JsonNode document() {
    ObjectNode schema = (ObjectNode) schema(3, true);
    ObjectNode definitions = NODES.objectNode();
    definitions.set("d", schema(2, false));
    schema.set("$defs", definitions);
    return schema;
  }

  private JsonNode schema(int depth, boolean refers) {
    ObjectNode out = NODES.objectNode();
    int keywords = 1 + random.nextInt(3);
    for (int i = 0; i < keywords; i++) {
      keyword(out, depth, refers);
    }
    return out;
  }

  private void keyword(ObjectNode out, int depth, boolean refers) {
    switch (random.nextInt(depth > 0 ? 26 : 13)) {
      case 0 -> out.put("type", one(List.of("object", "array", "string", "integer", "number")));
      case 1 -> out.set("enum", list(3));
      case 2 -> out.set("const", value(1));
      case 3 -> out.put("minLength", random.nextInt(3));
      case 4 -> out.put("maxLength", random.nextInt(3));
      case 5 -> out.put("pattern", one(PATTERNS));
      case 6 -> out.set("minimum", number());
      case 7 -> out.set("maximum", number());
      case 8 -> out.set("exclusiveMinimum", number());
      case 9 -> out.put("multipleOf", one(List.of(2, 3)));
      case 10 -> out.put("minItems", random.nextInt(3));
      case 11 -> out.set("required", NODES.arrayNode().add(one(NAMES)));
      case 12 ->
          out.put(one(List.of("maxItems", "minProperties", "maxProperties")), random.nextInt(3));
      case 13 -> out.set("properties", byName(depth));
      case 14 ->
          out.set(
              "patternProperties",
              NODES.objectNode().set(one(PATTERNS), schema(depth - 1, refers)));
      case 15 -> out.set("additionalProperties", closing(depth));
      case 16 -> out.set("items", closing(depth));
      case 17 -> out.set("prefixItems", schemas(depth));
      case 18 -> out.set("contains", schema(depth - 1, refers));
      case 19 -> out.set("anyOf", schemas(depth));
      case 20 -> out.set("oneOf", schemas(depth));
      case 21 -> out.set("allOf", schemas(depth));
      case 22 -> out.set("not", schema(depth - 1, false));
      case 23 -> {
        out.set("if", schema(depth - 1, false));
        out.set("then", schema(depth - 1, false));
        out.set("else", schema(depth - 1, false));
      }
      case 24 -> out.set("propertyNames", schema(0, false));
      default -> {
        if (refers) {
          out.put("$ref", "#/$defs/d");
        } else {
          out.put("unevaluatedProperties", false);
        }
      }
    }
  }

  private JsonNode closing(int depth) {
    return random.nextBoolean()
        ? NODES.booleanNode(random.nextBoolean())
        : schema(depth - 1, false);
  }

  private ArrayNode schemas(int depth) {
    ArrayNode out = NODES.arrayNode();
    int count = 1 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      out.add(schema(depth - 1, false));
    }
    return out;
  }

  private ObjectNode byName(int depth) {
    ObjectNode out = NODES.objectNode();
    NAMES.forEach(name -> {
      if (random.nextBoolean()) {
        out.set(name, schema(depth - 1, false));
      }
    });
    return out;
  }

  private ArrayNode list(int max) {
    ArrayNode out = NODES.arrayNode();
    int count = 1 + random.nextInt(max);
    for (int i = 0; i < count; i++) {
      out.add(value(1));
    }
    return out;
  }

  private JsonNode number() {
    return NODES.numberNode(new java.math.BigDecimal(one(NUMBERS)));
  }

  /** A value of at most some depth. */
  JsonNode value(int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 4)) {
      case 0 -> NODES.stringNode(one(TEXTS));
      case 1, 2 -> number();
      case 3 -> random.nextBoolean() ? NODES.nullNode() : NODES.booleanNode(random.nextBoolean());
      case 4 -> {
        ArrayNode out = NODES.arrayNode();
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
          out.add(value(depth - 1));
        }
        yield out;
      }
      default -> {
        ObjectNode out = NODES.objectNode();
        NAMES.forEach(name -> {
          if (random.nextInt(3) == 0) {
            out.set(name, value(depth - 1));
          }
        });
        yield out;
      }
    };
  }

  /** One of the many spellings of a value: whitespace, escapes, order, forms of numbers. */
  String spelled(JsonNode value) {
    String blank = random.nextInt(3) == 0 ? one(List.of(" ", "\n", "\t ")) : "";
    return switch (value.getNodeType()) {
      case STRING -> text(value.asString());
      case NUMBER -> digits(value.decimalValue());
      case ARRAY ->
          "["
              + blank
              + String.join(blank + ",", Subschema.stream(value).map(this::spelled).toList())
              + "]";
      case OBJECT -> {
        var members = new java.util.ArrayList<String>();
        value
            .properties()
            .forEach(e -> members.add(text(e.getKey()) + blank + ":" + spelled(e.getValue())));
        if (random.nextBoolean()) {
          java.util.Collections.reverse(members);
        }
        yield "{" + String.join("," + blank, members) + blank + "}";
      }
      default -> value.toString();
    };
  }

  private String digits(java.math.BigDecimal number) {
    return switch (random.nextInt(4)) {
      case 0 -> number.scaleByPowerOfTen(-2).toPlainString() + "e+2";
      case 1 -> number.setScale(3, java.math.RoundingMode.UNNECESSARY).toPlainString();
      case 2 -> number.scaleByPowerOfTen(1).toPlainString() + "E-1";
      default -> number.toPlainString();
    };
  }

  private String text(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean escapes = random.nextInt(4) == 0;
      // Half a pair cannot be written as it is: escape both halves or none.
      if (escapes && !Character.isSurrogate(c)) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
