package io.tailwalk.verifiers.schema;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Refuses schemas whose keywords have values that their draft's metaschema does not allow: such a
 * keyword would be without effect. Schemas that name no draft may use the forms of all drafts.
 * Unknown keywords may have any value.
 */
final class KeywordCheck {
  private final Library library;
  private final JsonNode file;
  private final Set<Subschema> seen = new HashSet<>();

  /**
   * A check of the schemas in a file.
   *
   * @param file the complete file, in which places are named
   */
  KeywordCheck(Library library, JsonNode file) {
    this.library = library;
    this.file = file;
  }

  /**
   * Looks at a schema and at those inside it, definitions included.
   *
   * @throws IllegalArgumentException in one sentence with the place of a keyword
   */
  void check(Subschema schema) {
    if (!schema.node().isObject() || !seen.add(schema)) {
      return;
    }
    var values = new KeywordValues(schema.draft(), isNamed(schema));
    for (Map.Entry<String, JsonNode> entry : schema.node().properties()) {
      if (Keywords.isKnown(entry.getKey(), schema.resource())) {
        String fault = values.fault(entry.getKey(), entry.getValue());
        if (fault != null) {
          throw new IllegalArgumentException(
              "the value at " + place(schema, entry.getKey()) + fault + "; correct it");
        }
      }
    }
    Keywords.inner(
        schema.node(),
        (keyword, inner) -> {
          if (Keywords.isKnown(keyword, schema.resource())) {
            check(library.inside(schema, inner));
          }
        });
  }

  private boolean isNamed(Subschema schema) {
    return namesDraft(schema.resource().root) || namesDraft(library.root().node());
  }

  private static boolean namesDraft(JsonNode document) {
    JsonNode uri = document.get("$schema");
    return uri != null && uri.isString() && Draft.of(uri.asString()).isPresent();
  }

  private String place(Subschema schema, String keyword) {
    String within = pointer(file, schema.node());
    String rest = "/" + escaped(keyword);
    if (within != null) {
      return Library.shown(within + rest);
    }
    String there = pointer(schema.resource().root, schema.node());
    return Library.shown(schema.resource().base + "#" + (there == null ? "" : there) + rest);
  }

  /** The JSON pointer (RFC 6901) of a value in a document; null if the value is elsewhere. */
  @SuppressWarnings("ReferenceEquality") // a place in the document is meant
  private static @Nullable String pointer(JsonNode at, JsonNode sought) {
    if (at == sought) {
      return "";
    }
    if (at.isObject()) {
      for (Map.Entry<String, JsonNode> entry : at.properties()) {
        String found = pointer(entry.getValue(), sought);
        if (found != null) {
          return "/" + escaped(entry.getKey()) + found;
        }
      }
    } else {
      for (int i = 0; i < at.size(); i++) {
        String found = pointer(at.get(i), sought);
        if (found != null) {
          return "/" + i + found;
        }
      }
    }
    return null;
  }

  static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
