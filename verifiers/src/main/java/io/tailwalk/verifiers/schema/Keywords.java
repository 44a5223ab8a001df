package io.tailwalk.verifiers.schema;

import io.tailwalk.verifiers.schema.Subschema.Resource;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Which keywords a draft knows, and which of them hold schemas. */
final class Keywords {
  /** Keywords of later drafts, with the first draft that has them. */
  private static final Map<String, Draft> SINCE =
      Map.ofEntries(
          Map.entry("const", Draft.V6),
          Map.entry("contains", Draft.V6),
          Map.entry("propertyNames", Draft.V6),
          Map.entry("if", Draft.V7),
          Map.entry("then", Draft.V7),
          Map.entry("else", Draft.V7),
          Map.entry("dependentRequired", Draft.V2019),
          Map.entry("dependentSchemas", Draft.V2019),
          Map.entry("minContains", Draft.V2019),
          Map.entry("maxContains", Draft.V2019),
          Map.entry("unevaluatedItems", Draft.V2019),
          Map.entry("unevaluatedProperties", Draft.V2019),
          Map.entry("$recursiveRef", Draft.V2019),
          Map.entry("prefixItems", Draft.V2020),
          Map.entry("$dynamicRef", Draft.V2020));

  private static final Set<String> VALIDATION =
      Set.of(
          "type",
          "enum",
          "const",
          "multipleOf",
          "maximum",
          "minimum",
          "exclusiveMaximum",
          "exclusiveMinimum",
          "maxLength",
          "minLength",
          "pattern",
          "maxItems",
          "minItems",
          "uniqueItems",
          "maxContains",
          "minContains",
          "maxProperties",
          "minProperties",
          "required",
          "dependentRequired");

  private static final Set<String> ONE =
      Set.of(
          "not",
          "if",
          "then",
          "else",
          "items",
          "additionalItems",
          "contains",
          "additionalProperties",
          "propertyNames",
          "unevaluatedItems",
          "unevaluatedProperties",
          "contentSchema");

  private static final Set<String> LIST = Set.of("allOf", "anyOf", "oneOf", "prefixItems", "items");

  private static final Set<String> BY_NAME =
      Set.of("properties", "patternProperties", "dependentSchemas", "dependencies");

  private static final Set<String> DEFINITIONS = Set.of("definitions", "$defs");

  private Keywords() {}

  static boolean isKnown(String keyword, Resource resource) {
    Draft since = SINCE.get(keyword);
    boolean ended = keyword.equals("$recursiveRef") && resource.draft == Draft.V2020;
    return (since == null || resource.draft.since(since))
        && !ended
        && (resource.validates || !VALIDATION.contains(keyword));
  }

  /** What is done with a schema and the keyword that it is under. */
  interface KeywordVisitor {
    void visit(String keyword, JsonNode schema);
  }

  /** Visits the schemas directly inside a schema with their keywords. */
  static void inner(JsonNode schema, KeywordVisitor visitor) {
    schema
        .properties()
        .forEach(entry ->
            inner(entry.getKey(), entry.getValue(), s -> visitor.visit(entry.getKey(), s)));
  }

  /** What is done with a schema. */
  interface Visitor {
    void visit(JsonNode schema);
  }

  /** Visits the schemas directly inside a schema. */
  static void inner(JsonNode schema, Visitor visitor) {
    schema.properties().forEach(entry -> inner(entry.getKey(), entry.getValue(), visitor));
  }

  /** Visits the schemas inside a schema that its keywords apply to values. */
  static void applied(Subschema schema, Visitor visitor) {
    schema
        .node()
        .properties()
        .forEach(entry -> {
          if (!DEFINITIONS.contains(entry.getKey()) && schema.has(entry.getKey())) {
            inner(entry.getKey(), entry.getValue(), visitor);
          }
        });
  }

  private static void inner(String keyword, JsonNode value, Visitor visitor) {
    if (ONE.contains(keyword) && !value.isArray()) {
      visit(value, visitor);
    } else if (LIST.contains(keyword) && value.isArray()) {
      value.forEach(one -> visit(one, visitor));
    } else if ((BY_NAME.contains(keyword) || DEFINITIONS.contains(keyword)) && value.isObject()) {
      value.forEach(one -> visit(one, visitor));
    }
  }

  private static void visit(JsonNode node, Visitor visitor) {
    if (node.isObject()) {
      visitor.visit(node);
    }
  }
}
