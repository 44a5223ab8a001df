package io.tailwalk.verifiers.schema;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The values that a draft's metaschema allows for its keywords (draft 4, Validation, section 5;
 * draft 2020-12, Core, sections 8 to 11, and Validation, sections 6 to 9).
 */
final class KeywordValues {
  private static final String SCHEMA = " must be a schema";
  private static final Set<String> TYPES =
      Set.of("array", "boolean", "integer", "null", "number", "object", "string");

  private final Draft draft;
  private final boolean isNamed;

  /**
   * The values of a draft.
   *
   * @param isNamed whether the schema names the draft; otherwise the forms of others are allowed
   */
  KeywordValues(Draft draft, boolean isNamed) {
    this.draft = draft;
    this.isNamed = isNamed;
  }

  /** The rest of a place and what the value there must be; null if the value is allowed. */
  @Nullable String fault(String keyword, JsonNode value) {
    return switch (keyword) {
      case "$id", "$ref" -> since(Draft.V6) ? text(value) : null;
      case "$comment", "contentMediaType", "contentEncoding" ->
          since(Draft.V7) ? text(value) : null;
      case "$anchor" -> since(Draft.V2019) ? text(value) : null;
      case "$dynamicAnchor" -> since(Draft.V2020) ? text(value) : null;
      case "$schema", "$recursiveRef", "$dynamicRef", "title", "description", "format", "pattern" ->
          text(value);
      case "uniqueItems" -> flag(value);
      case "readOnly", "writeOnly" -> since(Draft.V7) ? flag(value) : null;
      case "deprecated" -> since(Draft.V2019) ? flag(value) : null;
      case "$recursiveAnchor" -> draft == Draft.V2019 ? flag(value) : null;
      case "maximum", "minimum" -> number(value);
      case "exclusiveMaximum", "exclusiveMinimum" -> exclusive(value);
      case "multipleOf" ->
          value.isNumber() && value.decimalValue().signum() > 0
              ? number(value)
              : " must be a number greater than 0";
      case "maxLength",
          "minLength",
          "maxItems",
          "minItems",
          "maxProperties",
          "minProperties",
          "maxContains",
          "minContains" ->
          isCount(value) ? null : " must be an integer of at least 0";
      case "required" -> names(value);
      case "dependentRequired" -> map(value, this::names);
      case "type" -> type(value);
      case "enum" -> constants(value);
      case "const" -> numbers(value);
      case "examples" -> since(Draft.V6) && !value.isArray() ? " must be an array" : null;
      case "not", "contains", "propertyNames", "if", "then", "else" -> schema(value);
      case "contentSchema" -> since(Draft.V2019) ? schema(value) : null;
      case "unevaluatedItems", "unevaluatedProperties" -> schema(value);
      case "additionalProperties" -> schemaOrFlag(value);
      case "additionalItems" -> isNamed && draft == Draft.V2020 ? null : schemaOrFlag(value);
      case "items" -> items(value);
      case "allOf", "anyOf", "oneOf", "prefixItems" -> list(value);
      case "properties", "patternProperties", "definitions", "dependentSchemas" ->
          map(value, this::schema);
      case "$defs" -> since(Draft.V2019) ? map(value, this::schema) : null;
      case "dependencies" -> map(value, one -> one.isArray() ? names(one) : schema(one));
      default -> null;
    };
  }

  private boolean since(Draft first) {
    return draft.since(first);
  }

  private static @Nullable String text(JsonNode value) {
    return value.isString() ? null : " must be a string";
  }

  private static @Nullable String flag(JsonNode value) {
    return value.isBoolean() ? null : " must be true or false";
  }

  private static @Nullable String number(JsonNode value) {
    return value.isNumber() ? numbers(value) : " must be a number";
  }

  private @Nullable String exclusive(JsonNode value) {
    boolean old = value.isBoolean() && (draft == Draft.V4 || !isNamed);
    return old ? null : draft == Draft.V4 ? flag(value) : number(value);
  }

  /** Refuses numbers that cannot be compared with others in bounded time. */
  private static @Nullable String numbers(JsonNode value) {
    if (value.isNumber() && !Decimals.isModerate(value)) {
      return " must have only numbers from 1e-"
          + Decimals.MAX_SCHEMA_EXPONENT
          + " to 1e"
          + Decimals.MAX_SCHEMA_EXPONENT;
    }
    for (JsonNode inner : value) {
      String fault = numbers(inner);
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private static boolean isCount(JsonNode value) {
    return value.isNumber()
        && value.decimalValue().signum() >= 0
        && JsonValues.isInteger(value.decimalValue());
  }

  private @Nullable String names(JsonNode value) {
    var names = new HashSet<String>();
    boolean right = value.isArray() && (draft != Draft.V4 || !value.isEmpty());
    for (JsonNode one : value) {
      right = right && one.isString() && names.add(one.asString());
    }
    return right
        ? null
        : " must be an array of different strings" + (draft == Draft.V4 ? ", at least one" : "");
  }

  private static @Nullable String type(JsonNode value) {
    var names = new HashSet<String>();
    boolean right = value.isString() || (value.isArray() && !value.isEmpty());
    for (JsonNode one : value.isArray() ? value : java.util.List.of(value)) {
      right =
          right && one.isString() && TYPES.contains(one.asString()) && names.add(one.asString());
    }
    return right
        ? null
        : " must be one of the types array, boolean, integer, null, number, object and string, or"
            + " an array of different ones";
  }

  private @Nullable String constants(JsonNode value) {
    if (!value.isArray()) {
      return " must be an array";
    }
    // Equal values, which draft 4 forbids, occur in published schemas and change nothing.
    return draft == Draft.V4 && value.isEmpty()
        ? " must be an array of values, at least one"
        : numbers(value);
  }

  private boolean isSchema(JsonNode value) {
    return value.isObject() || (value.isBoolean() && draft != Draft.V4);
  }

  private @Nullable String schema(JsonNode value) {
    return isSchema(value) ? null : SCHEMA;
  }

  private @Nullable String schemaOrFlag(JsonNode value) {
    return value.isBoolean() ? null : schema(value);
  }

  private @Nullable String items(JsonNode value) {
    boolean mayBeList = draft != Draft.V2020 || !isNamed;
    return value.isArray() && mayBeList ? list(value) : schema(value);
  }

  private @Nullable String list(JsonNode value) {
    if (!value.isArray() || value.isEmpty()) {
      return " must be an array of schemas, at least one";
    }
    for (int i = 0; i < value.size(); i++) {
      if (!isSchema(value.get(i))) {
        return "/" + i + SCHEMA;
      }
    }
    return null;
  }

  private static @Nullable String map(JsonNode value, Function<JsonNode, @Nullable String> fault) {
    if (!value.isObject()) {
      return " must be an object";
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String inner = fault.apply(entry.getValue());
      if (inner != null) {
        return Library.shown("/" + KeywordCheck.escaped(entry.getKey())) + inner;
      }
    }
    return null;
  }
}
