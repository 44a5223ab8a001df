package io.tailwalk.verifiers.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The members that keywords next to {@code unevaluatedProperties} may look at, whichever of their
 * alternatives hold: all others must fulfil its schema.
 */
final class Evaluated {
  private static final List<String> LISTS = List.of("allOf", "anyOf", "oneOf");
  private static final List<String> SINGLE = List.of("if", "then", "else");

  private final SchemaReader reader;
  private final Map<String, List<Term>> names = new HashMap<>();
  private final List<ObjectShape.Patterned> patterns = new ArrayList<>();
  private final Set<Subschema> seen = new HashSet<>();
  private boolean isOpen;

  Evaluated(SchemaReader reader) {
    this.reader = reader;
  }

  /** The condition on other members; null if any member may be looked at. */
  ObjectShape.@Nullable Part part(Subschema schema, List<Term> rest) {
    add(schema, true);
    return isOpen || rest.isEmpty() ? null : new ObjectShape.Part(names, patterns, rest);
  }

  private void add(Subschema schema, boolean isOuter) {
    if (!schema.node().isObject() || !seen.add(schema)) {
      return;
    }
    isOpen |= schema.has("additionalProperties");
    isOpen |= !isOuter && schema.has("unevaluatedProperties");
    JsonNode listed = schema.get("properties");
    if (listed != null) {
      listed.propertyNames().forEach(name -> names.put(name, List.of()));
    }
    JsonNode byPattern = schema.get("patternProperties");
    if (byPattern != null) {
      byPattern
          .propertyNames()
          .forEach(p -> patterns.add(new ObjectShape.Patterned(reader.pattern(p), List.of())));
    }
    for (String keyword : LISTS) {
      JsonNode list = schema.get(keyword);
      if (list != null) {
        list.forEach(one -> add(reader.library().inside(schema, one), false));
      }
    }
    for (String keyword : SINGLE) {
      JsonNode one = schema.get(keyword);
      if (one != null) {
        add(reader.library().inside(schema, one), false);
      }
    }
    JsonNode dependent = schema.get("dependentSchemas");
    if (dependent != null) {
      dependent.forEach(one -> add(reader.library().inside(schema, one), false));
    }
    boolean refers = schema.has("$ref") || schema.has("$dynamicRef") || schema.has("$recursiveRef");
    Subschema target = reader.target(schema);
    if (target != null) {
      add(target, false);
    }
    isOpen |= refers && target == null;
  }
}
