package io.tailwalk.verifiers.schema;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Looks at every schema of a document that validation may reach, so that what is wrong with one is
 * reported when it is read: malformed keywords and patterns, references to nothing.
 */
final class SchemaCheck {
  private final Library library;
  private final Map<String, EcmaPattern> patterns;
  private final KeywordCheck keywords;
  private final Set<Subschema> seen = new HashSet<>();
  private final ArrayDeque<Subschema> open = new ArrayDeque<>();

  /**
   * A check of a schema.
   *
   * @param file the complete file, in which places are named
   */
  SchemaCheck(Library library, Map<String, EcmaPattern> patterns, JsonNode file) {
    this.library = library;
    this.keywords = new KeywordCheck(library, file);
    this.patterns = patterns;
  }

  void check() {
    keywords.check(library.root());
    refuseLoops();
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
    keywords.check(schema);
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
      (type.isArray() ? type : List.of(type)).forEach(one -> SchemaReader.ofType(one.asString()));
    }
    read(schema.get("pattern"));
    JsonNode byPattern = schema.get("patternProperties");
    if (byPattern != null) {
      byPattern.propertyNames().forEach(p -> patterns.computeIfAbsent(p, EcmaPattern::of));
    }
    // Definitions that nothing refers to may be anything.
    Keywords.applied(schema, inner -> add(library.inside(schema, inner)));
  }

  /**
   * Refuses a document that is defined by itself, so that no text can be judged. A loop of a schema
   * that only some values reach is left to the judge.
   */
  private void refuseLoops() {
    var path = new LinkedHashSet<Subschema>();
    refuseLoops(library.root(), path, new HashSet<>());
  }

  private void refuseLoops(Subschema schema, Set<Subschema> path, Set<Subschema> done) {
    if (!path.add(schema)) {
      throw new IllegalArgumentException(
          "a schema refers to itself for the same value; remove the reference");
    }
    for (Subschema inner : sameValue(schema)) {
      if (!done.contains(inner)) {
        refuseLoops(inner, path, done);
      }
    }
    path.remove(schema);
    done.add(schema);
  }

  private List<Subschema> sameValue(Subschema schema) {
    var out = new ArrayList<Subschema>();
    JsonNode ref = schema.get("$ref");
    if (ref != null && ref.isString()) {
      out.add(library.resolve(schema, ref.asString()));
      if (!schema.draft().readsSiblingsOfRef()) {
        return out;
      }
    }
    for (String keyword : List.of("allOf", "anyOf", "oneOf", "not", "if")) {
      JsonNode some = schema.get(keyword);
      if (some != null) {
        (some.isArray() ? some : List.of(some))
            .forEach(one -> out.add(library.inside(schema, one)));
      }
    }
    return out;
  }

  private void read(@Nullable JsonNode pattern) {
    if (pattern != null && pattern.isString()) {
      patterns.computeIfAbsent(pattern.asString(), EcmaPattern::of);
    }
  }
}
