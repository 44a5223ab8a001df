package io.tailwalk.verifiers.schema;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A schema within a document. Two are equal if they are the same place of the same resource.
 *
 * @param node the schema, a boolean or an object
 * @param resource the resource that it belongs to, which its references start from
 */
record Subschema(JsonNode node, Resource resource) {

  /** A part of a document that has a name of its own, or the complete document. */
  static final class Resource {
    final String base;
    final JsonNode root;
    final Draft draft;

    /** Whether the dialect's validation keywords count, see the keyword {@code $vocabulary}. */
    final boolean validates;

    final Map<String, JsonNode> anchors = new HashMap<>();
    final Map<String, JsonNode> dynamicAnchors = new HashMap<>();

    Resource(String base, JsonNode root, Draft draft, boolean validates) {
      this.base = base;
      this.root = root;
      this.draft = draft;
      this.validates = validates;
    }
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // identity is meant, see above
  public boolean equals(@Nullable Object other) {
    return other instanceof Subschema that && that.node == node && that.resource == resource;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(node);
  }

  /** A keyword's value, if the schema has it and its draft knows the keyword. */
  @Nullable JsonNode get(String keyword) {
    return node.isObject() && Keywords.isKnown(keyword, resource) ? node.get(keyword) : null;
  }

  boolean has(String keyword) {
    return get(keyword) != null;
  }

  /** A schema inside this one that starts no resource of its own. */
  Subschema inner(JsonNode inside) {
    return new Subschema(inside, resource);
  }

  Draft draft() {
    return resource.draft;
  }

  static Stream<JsonNode> stream(JsonNode nodes) {
    return StreamSupport.stream(nodes.spliterator(), false);
  }
}
