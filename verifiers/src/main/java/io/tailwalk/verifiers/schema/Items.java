package io.tailwalk.verifiers.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The schemas of an array's items, whichever keywords the draft has for them. */
final class Items {
  private Items() {}

  /**
   * The schemas of the first items; a list in {@code items} is read as drafts before 2020-12 do.
   */
  static List<JsonNode> firsts(Subschema schema) {
    JsonNode prefix = schema.get("prefixItems");
    JsonNode items = schema.get("items");
    if (prefix != null && prefix.isArray()) {
      return Subschema.stream(prefix).toList();
    }
    return items != null && items.isArray() ? Subschema.stream(items).toList() : List.of();
  }

  /** The schema of the items behind the first ones, if there is one. */
  static @Nullable JsonNode rest(Subschema schema) {
    JsonNode items = schema.get("items");
    return items != null && items.isArray() ? schema.get("additionalItems") : items;
  }
}
