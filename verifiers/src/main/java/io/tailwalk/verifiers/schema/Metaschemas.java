package io.tailwalk.verifiers.schema;

import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the drafts say about schemas themselves, as one document for each draft: the type of every
 * keyword (draft 4, Validation, section 5; draft 2020-12, Core, sections 8 to 11, and Validation,
 * sections 6 to 9). Schemas refer to these documents by the addresses that {@code $schema} names.
 */
final class Metaschemas {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String TYPES = "array boolean integer null number object string";

  private final Draft draft;
  private final ObjectNode properties = NODES.objectNode();

  private Metaschemas(Draft draft) {
    this.draft = draft;
  }

  /** The document of an address; empty if the address is not that of a draft. */
  static Optional<JsonNode> read(String uri) {
    boolean fits =
        uri.matches("https?://json-schema\\.org/(draft-0[467]|draft/20(19-09|20-12))/schema");
    return fits
        ? Draft.of(uri).map(draft -> new Metaschemas(draft).document(uri))
        : Optional.empty();
  }

  private ObjectNode document(String uri) {
    boolean old = draft == Draft.V4;
    JsonNode schema = ref("#");
    JsonNode texts = ref("#/definitions/stringArray");
    add(
        "$schema $ref $id id title description pattern format $comment contentMediaType"
            + " contentEncoding $anchor $dynamicRef $dynamicAnchor $recursiveRef",
        type("string"));
    add("multipleOf", type("number").put(old ? "minimum" : "exclusiveMinimum", 0));
    if (old) {
      properties.set("multipleOf", type("number").put("minimum", 0).put("exclusiveMinimum", true));
    }
    add("maximum minimum", type("number"));
    add("exclusiveMaximum exclusiveMinimum", type(old ? "boolean" : "number"));
    add("uniqueItems readOnly writeOnly deprecated $recursiveAnchor", type("boolean"));
    add(
        "maxLength minLength maxItems minItems maxProperties minProperties maxContains minContains",
        ref("#/definitions/" + (old ? "positiveInteger" : "nonNegativeInteger")));
    add("default const", NODES.objectNode());
    add("examples", type("array"));
    add("required", texts);
    add("enum", old ? type("array").put("minItems", 1).put("uniqueItems", true) : type("array"));
    add("type", anyOf(ref("#/definitions/simpleTypes"), types()));
    add("not contains propertyNames if then else contentSchema", schema);
    add("unevaluatedItems unevaluatedProperties", schema);
    add("additionalItems additionalProperties", old ? anyOf(type("boolean"), schema) : schema);
    JsonNode list = ref("#/definitions/schemaArray");
    add("allOf anyOf oneOf prefixItems", list);
    add("items", draft == Draft.V2020 ? schema : anyOf(schema, list));
    add("properties patternProperties definitions $defs dependentSchemas", map(schema));
    add("dependencies", map(anyOf(schema, texts)));
    add("dependentRequired", map(texts));
    ObjectNode document =
        NODES
            .objectNode()
            .put("$schema", uri)
            .put(draft.idKeyword(), uri)
            .set("type", old ? NODES.stringNode("object") : names("object boolean"));
    document.set("definitions", definitions(schema));
    document.set("properties", properties);
    if (old) {
      JsonNode needs = NODES.objectNode().set("exclusiveMaximum", names("maximum"));
      document.set("dependencies", ((ObjectNode) needs).set("exclusiveMinimum", names("minimum")));
    }
    return document;
  }

  private ObjectNode definitions(JsonNode schema) {
    ObjectNode out = NODES.objectNode();
    ObjectNode count = type("integer").put("minimum", 0);
    out.set("nonNegativeInteger", count);
    out.set("nonNegativeIntegerDefault0", count);
    out.set("positiveInteger", count);
    out.set("positiveIntegerDefault0", count);
    out.set("schemaArray", type("array").put("minItems", 1).set("items", schema));
    ObjectNode texts = type("array").put("uniqueItems", true).set("items", type("string"));
    out.set("stringArray", draft == Draft.V4 ? texts.put("minItems", 1) : texts);
    out.set("simpleTypes", NODES.objectNode().set("enum", names(TYPES)));
    return out;
  }

  private static ObjectNode types() {
    return type("array")
        .put("minItems", 1)
        .put("uniqueItems", true)
        .set("items", ref("#/definitions/simpleTypes"));
  }

  /** Keywords with one kind of value; those of later drafts are left out. */
  private void add(String keywords, JsonNode schema) {
    var resource = new Subschema.Resource("", schema, draft, true);
    for (String keyword : keywords.split(" ", -1)) {
      if (Keywords.isKnown(keyword, resource)) {
        properties.set(keyword, schema);
      }
    }
  }

  private static ObjectNode type(String name) {
    return NODES.objectNode().put("type", name);
  }

  private static ObjectNode ref(String target) {
    return NODES.objectNode().put("$ref", target);
  }

  private static ObjectNode map(JsonNode of) {
    return type("object").set("additionalProperties", of);
  }

  private static ObjectNode anyOf(JsonNode first, JsonNode second) {
    return NODES.objectNode().set("anyOf", NODES.arrayNode().add(first).add(second));
  }

  private static ArrayNode names(String words) {
    ArrayNode out = NODES.arrayNode();
    Arrays.stream(words.split(" ", -1)).forEach(out::add);
    return out;
  }
}
