package io.tailwalk.verifiers.schema;

import java.util.Optional;

/** The versions of JSON Schema whose keywords differ. */
enum Draft {
  V4("draft-04"),
  V6("draft-06"),
  V7("draft-07"),
  V2019("2019-09"),
  V2020("2020-12");

  private final String word;

  Draft(String word) {
    this.word = word;
  }

  /**
   * The draft that a {@code $schema} names; empty if it names none of them.
   *
   * @throws IllegalArgumentException for draft 3, whose keywords mean something else
   */
  static Optional<Draft> of(String uri) {
    if (uri.contains("json-schema.org/draft-03")) {
      throw new IllegalArgumentException(
          "it is written for draft 3; rewrite it for draft 4 or later");
    }
    for (Draft draft : values()) {
      if (uri.contains("json-schema.org/") && uri.contains(draft.word)) {
        return Optional.of(draft);
      }
    }
    return Optional.empty();
  }

  /** The keyword that names a subschema. */
  String idKeyword() {
    return this == V4 ? "id" : "$id";
  }

  /** Whether keywords next to {@code $ref} count. */
  boolean readsSiblingsOfRef() {
    return since(V2019);
  }

  boolean since(Draft other) {
    return compareTo(other) >= 0;
  }
}
