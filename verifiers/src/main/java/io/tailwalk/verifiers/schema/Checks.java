package io.tailwalk.verifiers.schema;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The keywords that look at a value without schemas inside them. */
final class Checks {
  private final Map<String, EcmaPattern> patterns;
  private final boolean assertsFormats;

  /**
   * Checks with patterns already read.
   *
   * @param assertsFormats whether a text must have the format that {@code format} names
   */
  Checks(Map<String, EcmaPattern> patterns, boolean assertsFormats) {
    this.patterns = patterns;
    this.assertsFormats = assertsFormats;
  }

  /** A keyword's value as a count; fractions such as 2.0 are counts too. */
  static int count(Subschema schema, String keyword, int otherwise) {
    JsonNode value = schema.get(keyword);
    if (value == null || !value.isNumber()) {
      return otherwise;
    }
    BigDecimal number = value.decimalValue();
    return number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) >= 0
        ? Integer.MAX_VALUE
        : Math.max(0, number.setScale(0, java.math.RoundingMode.CEILING).intValue());
  }

  boolean valid(Subschema schema, JsonNode value) {
    return hasType(schema, value)
        && constants(schema, value)
        && switch (value.getNodeType()) {
          case NUMBER -> number(schema, value.decimalValue());
          case STRING -> string(schema, value.asString());
          case ARRAY -> array(schema, value);
          case OBJECT -> object(schema, value);
          default -> true;
        };
  }

  private static boolean hasType(Subschema schema, JsonNode value) {
    JsonNode type = schema.get("type");
    if (type == null) {
      return true;
    }
    return type.isArray()
        ? Subschema.stream(type).anyMatch(one -> isOf(one.asString(), schema.draft(), value))
        : isOf(type.asString(), schema.draft(), value);
  }

  private static boolean isOf(String type, Draft draft, JsonNode value) {
    return type.equals("integer")
        ? value.isIntegralNumber()
            || (draft != Draft.V4 && value.isNumber() && JsonValues.isInteger(value.decimalValue()))
        : type.equals(JsonValues.type(value));
  }

  private static boolean constants(Subschema schema, JsonNode value) {
    JsonNode constant = schema.get("const");
    JsonNode choices = schema.get("enum");
    return (constant == null || JsonValues.equal(constant, value))
        && (choices == null
            || !choices.isArray()
            || Subschema.stream(choices).anyMatch(one -> JsonValues.equal(one, value)));
  }

  static @Nullable BigDecimal number(Subschema schema, String keyword) {
    JsonNode value = schema.get(keyword);
    return value == null || !value.isNumber() ? null : value.decimalValue();
  }

  private static boolean number(Subschema schema, BigDecimal value) {
    return NumberShape.of(schema).admits(value);
  }

  private boolean string(Subschema schema, String text) {
    int length = text.codePointCount(0, text.length());
    if (length < count(schema, "minLength", 0)
        || length > count(schema, "maxLength", Integer.MAX_VALUE)) {
      return false;
    }
    JsonNode pattern = schema.get("pattern");
    if (pattern != null && pattern.isString()) {
      EcmaPattern known = patterns.get(pattern.asString());
      EcmaPattern read = known == null ? EcmaPattern.of(pattern.asString()) : known;
      if (!read.isFoundIn(text)) {
        return false;
      }
    }
    JsonNode format = schema.get("format");
    return format == null
        || !assertsFormats
        || Format.of(format.asString()).map(f -> f.fits(text)).orElse(true);
  }

  private static boolean array(Subschema schema, JsonNode value) {
    if (value.size() < count(schema, "minItems", 0)
        || value.size() > count(schema, "maxItems", Integer.MAX_VALUE)) {
      return false;
    }
    JsonNode unique = schema.get("uniqueItems");
    return unique == null || !unique.asBoolean(false) || isUnique(value);
  }

  private static boolean isUnique(JsonNode value) {
    var keys = new java.util.HashSet<Object>();
    return Subschema.stream(value).allMatch(item -> keys.add(JsonValues.key(item)));
  }

  private static boolean object(Subschema schema, JsonNode value) {
    if (value.size() < count(schema, "minProperties", 0)
        || value.size() > count(schema, "maxProperties", Integer.MAX_VALUE)) {
      return false;
    }
    JsonNode required = schema.get("required");
    if (required != null && required.isArray() && !hasAll(value, required)) {
      return false;
    }
    for (String keyword : new String[] {"dependentRequired", "dependencies"}) {
      JsonNode all = schema.get(keyword);
      if (all != null && all.isObject()) {
        for (Map.Entry<String, JsonNode> one : all.properties()) {
          JsonNode names = one.getValue();
          boolean fits =
              names.isString()
                  ? value.has(names.asString())
                  : !names.isArray() || hasAll(value, names);
          if (value.has(one.getKey()) && !fits) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static boolean hasAll(JsonNode value, JsonNode names) {
    return Subschema.stream(names).allMatch(name -> value.has(name.asString()));
  }
}
