package io.tailwalk.verifiers.schema;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Looks at every schema of a document that validation may reach, so that what is wrong with one is
 * reported when it is read: unknown types, malformed patterns, references to nothing.
 */
final class SchemaCheck {
  private final Library library;
  private final Map<String, EcmaPattern> patterns;
  private final Set<Subschema> seen = new HashSet<>();
  private final java.util.ArrayDeque<Subschema> open = new java.util.ArrayDeque<>();

  SchemaCheck(Library library, Map<String, EcmaPattern> patterns) {
    this.library = library;
    this.patterns = patterns;
  }

  void check() {
    add(library.root());
    while (!open.isEmpty()) {
      check(open.removeLast());
    }
  }

  private void add(Subschema schema) {
    if (schema.node().isObject() && seen.add(schema)) {
      open.add(schema);
    }
  }

  private void check(Subschema schema) {
    refuseLoop(schema);
    JsonNode ref = schema.get("$ref");
    if (ref != null && ref.isString()) {
      add(library.resolve(schema, ref.asString()));
      if (!schema.draft().readsSiblingsOfRef()) {
        return;
      }
    }
    JsonNode dynamic = schema.get("$dynamicRef");
    if (dynamic != null) {
      add(library.resolve(schema, dynamic.asString()));
    }
    JsonNode type = schema.get("type");
    if (type != null) {
      (type.isArray() ? type : java.util.List.of(type))
          .forEach(one -> SchemaReader.ofType(one.asString()));
    }
    read(schema.get("pattern"));
    JsonNode byPattern = schema.get("patternProperties");
    if (byPattern != null) {
      byPattern.propertyNames().forEach(p -> patterns.computeIfAbsent(p, EcmaPattern::of));
    }
    // Definitions that nothing refers to may be anything.
    Keywords.applied(schema, inner -> add(library.inside(schema, inner)));
  }

  /** Refuses schemas that are defined by themselves: no value of theirs is ever looked into. */
  private void refuseLoop(Subschema from) {
    var around = new HashSet<Subschema>();
    var next = new java.util.ArrayDeque<Subschema>(java.util.List.of(from));
    while (!next.isEmpty()) {
      for (Subschema inner : sameValue(next.removeLast())) {
        if (inner.equals(from)) {
          throw new IllegalArgumentException(
              "a schema refers to itself for the same value; remove the reference");
        }
        if (around.add(inner)) {
          next.add(inner);
        }
      }
    }
  }

  private java.util.List<Subschema> sameValue(Subschema schema) {
    var out = new java.util.ArrayList<Subschema>();
    JsonNode ref = schema.get("$ref");
    if (ref != null && ref.isString()) {
      out.add(library.resolve(schema, ref.asString()));
      if (!schema.draft().readsSiblingsOfRef()) {
        return out;
      }
    }
    JsonNode all = schema.get("allOf");
    if (all != null) {
      all.forEach(one -> out.add(library.inside(schema, one)));
    }
    return out;
  }

  private void read(@org.jspecify.annotations.Nullable JsonNode pattern) {
    if (pattern != null && pattern.isString()) {
      patterns.computeIfAbsent(pattern.asString(), EcmaPattern::of);
    }
  }
}
