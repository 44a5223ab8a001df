package io.tailwalk.verifiers.schema;

import io.tailwalk.verifiers.schema.Subschema.Resource;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * The schema resources that references reach: those of the file itself, by their ids and anchors,
 * and those of other files that the user names. Ids that are not URIs are read as if they were.
 * Safe to share between threads: a reference may be followed for the first time while texts are
 * judged.
 */
final class Library {
  /** The text of another document by its URI; empty if there is none. */
  interface Source {
    Optional<JsonNode> read(String uri);
  }

  private static final int MAX_REFERENCES = 200;

  private final Map<String, Resource> byUri = new HashMap<>();
  private final IdentityHashMap<JsonNode, Resource> byRoot = new IdentityHashMap<>();
  private final IdentityHashMap<JsonNode, Boolean> visited = new IdentityHashMap<>();
  private final Source others;
  private final Resource main;

  /**
   * A library around one document.
   *
   * @param others what absolute references to other documents reach
   */
  Library(JsonNode document, Source others) {
    this.others = others;
    this.main = load("", document, Draft.V2020);
  }

  /** The document itself. */
  Subschema root() {
    return new Subschema(main.root, main);
  }

  private Resource load(String uri, JsonNode document, Draft otherwise) {
    Draft draft = draft(document, otherwise);
    String base = References.resolve(uri, id(document, draft));
    var resource = new Resource(base, document, draft, validates(document));
    byUri.putIfAbsent(uri, resource);
    byUri.putIfAbsent(base, resource);
    byRoot.put(document, resource);
    index(document, resource, true);
    return resource;
  }

  private static Draft draft(JsonNode document, Draft otherwise) {
    JsonNode schema = document.get("$schema");
    return schema != null && schema.isString()
        ? Draft.of(schema.asString()).orElse(otherwise)
        : otherwise;
  }

  /** Whether a document's own dialect has the validation keywords; without one it has. */
  private boolean validates(JsonNode document) {
    JsonNode schema = document.get("$schema");
    if (schema == null || !schema.isString() || Draft.of(schema.asString()).isPresent()) {
      return true;
    }
    JsonNode words = others.read(schema.asString()).map(d -> d.get("$vocabulary")).orElse(null);
    return words == null || words.propertyNames().stream().anyMatch(w -> w.endsWith("validation"));
  }

  /** The part of an id that names a resource; empty if the schema has none. */
  private static String id(JsonNode schema, Draft draft) {
    JsonNode id = schema.get(draft.idKeyword());
    boolean ignored = !draft.readsSiblingsOfRef() && schema.has("$ref");
    return id == null || !id.isString() || ignored ? "" : References.withoutFragment(id.asString());
  }

  private void index(JsonNode schema, Resource outer, boolean isRoot) {
    if (!schema.isObject() || visited.containsKey(schema)) {
      return;
    }
    visited.put(schema, true);
    Resource resource = outer;
    Draft draft = draft(schema, outer.draft);
    String id = isRoot ? "" : id(schema, draft);
    if (!id.isEmpty()) {
      String base = References.resolve(outer.base, id);
      resource = new Resource(base, schema, draft, outer.validates);
      byUri.putIfAbsent(base, resource);
      byRoot.put(schema, resource);
    }
    anchors(schema, resource);
    Resource inside = resource;
    Keywords.inner(schema, inner -> index(inner, inside, false));
  }

  private static void anchors(JsonNode schema, Resource resource) {
    JsonNode id = schema.get(resource.draft.idKeyword());
    if (!resource.draft.since(Draft.V2019) && id != null && id.isString()) {
      String fragment = References.fragment(id.asString());
      if (!fragment.isEmpty()) {
        resource.anchors.putIfAbsent(fragment, schema);
      }
    }
    for (String keyword : new String[] {"$anchor", "$dynamicAnchor"}) {
      JsonNode anchor = schema.get(keyword);
      if (anchor != null && anchor.isString() && resource.draft.since(Draft.V2019)) {
        resource.anchors.putIfAbsent(anchor.asString(), schema);
        if (keyword.equals("$dynamicAnchor")) {
          resource.dynamicAnchors.putIfAbsent(anchor.asString(), schema);
        }
      }
    }
  }

  /** A subschema directly inside another, in the resource that it belongs to. */
  synchronized Subschema inside(Subschema outer, JsonNode node) {
    Resource own = byRoot.get(node);
    return new Subschema(node, own == null ? outer.resource() : own);
  }

  /**
   * What a reference points at.
   *
   * @throws IllegalArgumentException if it does not resolve
   */
  synchronized Subschema resolve(Subschema from, String reference) {
    String fragment = References.fragment(reference);
    String uri = References.resolve(from.resource().base, reference);
    Resource resource = byUri.get(uri);
    if (resource == null && reference.startsWith("#")) {
      resource = from.resource();
    }
    if (resource == null) {
      resource = other(uri);
    }
    Subschema found = resource == null ? null : within(resource, fragment);
    if (found == null && reference.startsWith("#")) {
      // An id inside the file may only be meant as a label: start from the complete file then.
      found = within(main, fragment);
    }
    if (found == null) {
      throw new IllegalArgumentException(
          "the reference "
              + shown(reference)
              + " does not resolve; only subschemas of this file and of files named with"
              + " refs=URL=FOLDER are found");
    }
    return found;
  }

  /** Whether a dynamic anchor of a name is in several resources, so that the way there decides. */
  synchronized boolean hasSeveral(String anchor) {
    return byUri.values().stream()
            .distinct()
            .filter(resource -> resource.dynamicAnchors.containsKey(anchor))
            .count()
        > 1;
  }

  synchronized boolean hasOneResource() {
    return byUri.values().stream().distinct().count() == 1;
  }

  private @Nullable Resource other(String uri) {
    Optional<JsonNode> document =
        uri.isEmpty() || byUri.size() > MAX_REFERENCES
            ? Optional.empty()
            : Metaschemas.read(uri).or(() -> others.read(uri));
    return document.map(node -> load(uri, node, main.draft)).orElse(null);
  }

  private @Nullable Subschema within(Resource resource, String fragment) {
    if (fragment.isEmpty()) {
      return new Subschema(resource.root, resource);
    }
    if (!fragment.startsWith("/")) {
      JsonNode anchored = resource.anchors.get(fragment);
      return anchored == null ? null : new Subschema(anchored, resource);
    }
    JsonNode node = resource.root;
    Resource nearest = resource;
    for (JsonPointer at = JsonPointer.compile(fragment); !at.matches(); at = at.tail()) {
      node =
          node.isArray() ? node.path(at.getMatchingIndex()) : node.path(at.getMatchingProperty());
      nearest = byRoot.getOrDefault(node, nearest);
    }
    if (!node.isObject() && !node.isBoolean()) {
      return null;
    }
    index(node, nearest, byRoot.containsKey(node));
    return new Subschema(node, byRoot.getOrDefault(node, nearest));
  }

  /** A reference for messages: long ones are truncated. */
  static String shown(String reference) {
    String line = reference.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= 120 ? line : line.substring(0, 120) + "...";
  }
}
