package io.tailwalk.verifiers.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What it takes to be invalid against a schema: to break one of its keywords. A keyword whose
 * contrary is no shape counts as broken by every value of the type that it looks at.
 */
final class Negation {
  private static final List<String> OF_ARRAYS =
      List.of(
          "items", "prefixItems", "additionalItems", "contains", "uniqueItems", "unevaluatedItems");
  private static final List<String> OF_OBJECTS =
      List.of(
          "patternProperties",
          "additionalProperties",
          "propertyNames",
          "dependentRequired",
          "dependentSchemas",
          "dependencies",
          "unevaluatedProperties");

  private final SchemaReader reader;

  Negation(SchemaReader reader) {
    this.reader = reader;
  }

  Condition of(Subschema schema) {
    if (!schema.node().isObject()) {
      boolean all = !schema.node().isBoolean() || schema.node().booleanValue();
      return new Condition(all ? Shape.NONE : Shape.ANY, List.of());
    }
    JsonNode ref = schema.get("$ref");
    Subschema target = reader.target(schema);
    boolean moves = target == null && (schema.has("$dynamicRef") || schema.has("$recursiveRef"));
    if (moves || schema.has("oneOf") || (schema.has("if") && schema.draft().since(Draft.V7))) {
      return new Condition(Shape.ANY, List.of());
    }
    var ways = new ArrayList<List<Term>>();
    if (target != null) {
      ways.add(List.of(new Term.Of(target, true)));
    }
    if (ref == null || schema.draft().readsSiblingsOfRef()) {
      addSimple(schema, ways);
      addNested(schema, ways);
    }
    return ways.isEmpty()
        ? new Condition(Shape.NONE, List.of())
        : new Condition(Shape.ANY, List.of(ways));
  }

  private static void add(List<List<Term>> ways, Shape shape) {
    ways.add(List.of(new Term.In(shape)));
  }

  private void addSimple(Subschema schema, List<List<Term>> ways) {
    JsonNode type = schema.get("type");
    if (type != null) {
      List<String> names =
          type.isArray()
              ? Subschema.stream(type).map(JsonNode::asString).toList()
              : List.of(type.asString());
      Shape others =
          new Shape(
              !names.contains("null"),
              !names.contains("boolean"),
              !names.contains("boolean"),
              names.contains("string") ? null : StringShape.ANY,
              names.contains("number") ? null : NumberShape.ANY,
              names.contains("array") ? null : ArrayShape.ANY,
              names.contains("object") ? null : ObjectShape.ANY);
      add(ways, others);
    }
    if (schema.has("const")) {
      add(ways, except(List.of(schema.node().get("const"))));
    }
    JsonNode choices = schema.get("enum");
    if (choices != null && choices.isArray()) {
      add(ways, except(Subschema.stream(choices).toList()));
    }
    addNumbers(schema, ways);
    addStrings(schema, ways);
    if (schema.has("minItems")) {
      add(ways, Shape.ofArrays(ArrayShape.ofSize(0, Checks.count(schema, "minItems", 0) - 1)));
    }
    if (schema.has("maxItems")) {
      int max = Checks.count(schema, "maxItems", 0);
      add(ways, Shape.ofArrays(ArrayShape.ofSize(Math.min(Dfa.ENDLESS, max + 1), Dfa.ENDLESS)));
    }
    if (schema.has("minProperties")) {
      int min = Checks.count(schema, "minProperties", 0);
      add(ways, Shape.ofObjects(ObjectShape.ofSize(0, min - 1)));
    }
    if (schema.has("maxProperties")) {
      int max = Checks.count(schema, "maxProperties", 0);
      add(ways, Shape.ofObjects(ObjectShape.ofSize(Math.min(Dfa.ENDLESS, max + 1), Dfa.ENDLESS)));
    }
  }

  private static Shape except(List<JsonNode> values) {
    Shape those = Constants.shape(values);
    StringShape texts = those.strings();
    NumberShape numbers = those.numbers();
    List<BigDecimal> listed = numbers == null ? null : numbers.values();
    return new Shape(
        !those.nulls(),
        !those.trues(),
        !those.falses(),
        texts == null || texts.dfa() == null ? StringShape.ANY : StringShape.of(texts.dfa().not()),
        listed == null ? NumberShape.ANY : NumberShape.except(listed),
        ArrayShape.ANY,
        ObjectShape.ANY);
  }

  private static void addNumbers(Subschema schema, List<List<Term>> ways) {
    NumberShape shape = NumberShape.of(schema);
    if (shape.low() != null) {
      add(ways, Shape.ofNumbers(NumberShape.beyond(null, shape.low(), !shape.lowIsOut())));
    }
    if (shape.high() != null) {
      add(ways, Shape.ofNumbers(NumberShape.beyond(shape.high(), null, !shape.highIsOut())));
    }
    if (!shape.divisors().isEmpty()) {
      add(ways, Shape.ofNumbers(NumberShape.ANY));
    }
  }

  private void addStrings(Subschema schema, List<List<Term>> ways) {
    int min = Checks.count(schema, "minLength", 0);
    int max = Checks.count(schema, "maxLength", Dfa.ENDLESS);
    if (min > 0) {
      add(ways, Shape.ofStrings(new StringShape(null, 0, min - 1)));
    }
    if (max < Dfa.ENDLESS) {
      add(ways, Shape.ofStrings(new StringShape(null, max + 1, Dfa.ENDLESS)));
    }
    JsonNode pattern = schema.get("pattern");
    if (pattern != null && pattern.isString()) {
      StringShape others =
          reader
              .pattern(pattern.asString())
              .automaton()
              .map(dfa -> StringShape.of(dfa.not()))
              .orElse(StringShape.ANY);
      add(ways, Shape.ofStrings(others));
    }
    if (schema.has("format")) {
      add(ways, Shape.ofStrings(StringShape.ANY));
    }
  }

  private void addNested(Subschema schema, List<List<Term>> ways) {
    if (OF_ARRAYS.stream().anyMatch(schema::has)) {
      add(ways, Shape.ofArrays(ArrayShape.ANY));
    }
    if (OF_OBJECTS.stream().anyMatch(schema::has)) {
      add(ways, Shape.ofObjects(ObjectShape.ANY));
    }
    JsonNode required = schema.get("required");
    if (required != null && required.isArray()) {
      for (JsonNode name : required) {
        List<Term> nothing = List.of(Term.NOTHING);
        add(ways, Shape.ofObjects(ObjectShape.ofMember(name.asString(), nothing, false)));
      }
    }
    JsonNode properties = schema.get("properties");
    if (properties != null) {
      for (Map.Entry<String, JsonNode> entry : properties.properties()) {
        List<Term> broken = List.of(reader.of(schema, entry.getValue(), true));
        add(ways, Shape.ofObjects(ObjectShape.ofMember(entry.getKey(), broken, true)));
      }
    }
    JsonNode all = schema.get("allOf");
    if (all != null) {
      all.forEach(one -> ways.add(List.of(reader.of(schema, one, true))));
    }
    JsonNode any = schema.get("anyOf");
    if (any != null) {
      ways.add(Subschema.stream(any).<Term>map(one -> reader.of(schema, one, true)).toList());
    }
    JsonNode not = schema.get("not");
    if (not != null) {
      ways.add(reader.terms(schema, not));
    }
  }
}
