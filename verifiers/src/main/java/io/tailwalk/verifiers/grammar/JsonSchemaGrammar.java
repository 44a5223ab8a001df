package io.tailwalk.verifiers.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * The shape that a JSON Schema requires, as a grammar: types, properties, items, lengths,
 * constants, choices, references within the schema. Conditions beyond grammars (number ranges,
 * patterns, uniqueness, conditions) are left open here and checked on the complete text. Keys are
 * written without escapes, integers without point and exponent.
 */
final class JsonSchemaGrammar {
  /** Number of properties up to which any order is tracked, each property at most once. */
  private static final int MAX_ANY_ORDER = 7;

  private static final int MAX_COUNTED = 1000;

  private final GrammarBuilder builder = new GrammarBuilder();
  private final JsonRules json = new JsonRules(builder);
  private final JsonNode whole;
  private final Map<String, Symbol.Rule> references = new HashMap<>();

  private JsonSchemaGrammar(JsonNode whole) {
    this.whole = whole;
  }

  /**
   * The grammar of a schema.
   *
   * @throws IllegalArgumentException if a reference does not resolve or no text is valid
   */
  static Grammar of(JsonNode schema) {
    var maker = new JsonSchemaGrammar(schema);
    Symbol.Rule root = maker.builder.fresh("the schema");
    maker.builder.add(root, List.of(maker.json.blank(), maker.reference("#"), maker.json.blank()));
    return maker.builder.build(root);
  }

  private Symbol.Rule reference(String pointer) {
    Symbol.Rule known = references.get(pointer);
    if (known != null) {
      return known;
    }
    boolean local = pointer.equals("#") || pointer.startsWith("#/");
    JsonNode target = local ? whole.at(JsonPointer.compile(pointer.substring(1))) : null;
    if (target == null || target.isMissingNode()) {
      throw new IllegalArgumentException(
          "the reference "
              + pointer
              + " does not resolve; only #/... within the schema is supported");
    }
    Symbol.Rule rule = builder.fresh(pointer);
    references.put(pointer, rule);
    sides(target).forEach(side -> builder.add(rule, side));
    return rule;
  }

  private Symbol symbol(JsonNode schema) {
    return builder.anyOf(sides(schema));
  }

  /** The first keyword that restricts the text; the others are checked on the complete text. */
  private List<List<Symbol>> sides(JsonNode schema) {
    if (schema.isBoolean()) {
      return schema.booleanValue() ? List.of(List.of(json.anyValue())) : List.of();
    }
    if (schema.has("$ref")) {
      return List.of(List.of(reference(schema.get("$ref").asString())));
    }
    if (schema.has("const")) {
      return List.of(GrammarBuilder.literal(schema.get("const").toString()));
    }
    if (schema.has("enum")) {
      return stream(schema.get("enum")).map(v -> GrammarBuilder.literal(v.toString())).toList();
    }
    for (String choice : List.of("anyOf", "oneOf")) {
      if (schema.has(choice)) {
        return stream(schema.get(choice)).map(one -> List.of(symbol(one))).toList();
      }
    }
    if (schema.has("allOf") && !schema.has("type") && !schema.get("allOf").isEmpty()) {
      return sides(schema.get("allOf").get(0));
    }
    return types(schema).stream().flatMap(type -> sides(type, schema).stream()).toList();
  }

  private static Set<String> types(JsonNode schema) {
    JsonNode type = schema.get("type");
    if (type != null && type.isArray()) {
      return stream(type).map(JsonNode::asString).collect(Collectors.toSet());
    }
    if (type != null) {
      return Set.of(type.asString());
    }
    return Set.of("object", "array", "string", "number", "boolean", "null");
  }

  private List<List<Symbol>> sides(String type, JsonNode schema) {
    return switch (type) {
      case "object" -> List.of(object(schema));
      case "array" -> List.of(array(schema));
      case "string" -> List.of(string(schema));
      case "integer" -> List.of(List.of(json.integer()));
      case "number" -> List.of(List.of(json.anyNumber()));
      case "boolean" -> List.of(GrammarBuilder.literal("true"), GrammarBuilder.literal("false"));
      case "null" -> List.of(GrammarBuilder.literal("null"));
      default ->
          throw new IllegalArgumentException(
              "the type \"" + type + "\" is unknown; use a valid type");
    };
  }

  private List<Symbol> string(JsonNode schema) {
    int min = count(schema, "minLength", 0);
    int max = count(schema, "maxLength", -1);
    return min > MAX_COUNTED || max > MAX_COUNTED || (min == 0 && max < 0)
        ? List.of(json.string())
        : json.string(min, max);
  }

  private List<Symbol> array(JsonNode schema) {
    List<Symbol> firsts = stream(schema.path("prefixItems")).map(this::symbol).toList();
    JsonNode items = schema.path("items");
    Symbol others = items.isMissingNode() ? json.anyValue() : symbol(items);
    int min = Math.min(MAX_COUNTED, count(schema, "minItems", 0));
    int max = count(schema, "maxItems", -1);
    return json.array(firsts, others, min, max > MAX_COUNTED ? -1 : max);
  }

  private static int count(JsonNode schema, String keyword, int otherwise) {
    JsonNode value = schema.get(keyword);
    return value == null ? otherwise : Math.max(0, value.asInt(otherwise));
  }

  private List<Symbol> object(JsonNode schema) {
    var properties =
        new ArrayList<Map.Entry<String, JsonNode>>(schema.path("properties").properties());
    Set<String> required =
        stream(schema.path("required")).map(JsonNode::asString).collect(Collectors.toSet());
    List<Symbol> members = properties.stream().map(p -> builder.anyOf(List.of(member(p)))).toList();
    int needed = 0;
    for (int i = 0; i < properties.size() && i < MAX_ANY_ORDER; i++) {
      needed |= required.contains(properties.get(i).getKey()) ? 1 << i : 0;
    }
    return json.object(new AnyOrder(members, others(schema, properties), needed).after(0, true));
  }

  /** Members that are not listed properties: one rule, or none if the object is closed. */
  private List<Symbol> others(JsonNode schema, List<Map.Entry<String, JsonNode>> properties) {
    JsonNode additional = schema.path("additionalProperties");
    boolean patterns = schema.has("patternProperties");
    if (additional.isBoolean() && !additional.booleanValue() && !patterns) {
      return List.of();
    }
    boolean any = additional.isMissingNode() || patterns;
    Symbol value = any ? json.anyValue() : symbol(additional);
    List<String> known = properties.stream().map(Map.Entry::getKey).toList();
    Symbol key = json.keyOtherThan(patterns ? List.of() : known);
    return List.of(builder.anyOf(List.of(json.member(key, value))));
  }

  private List<Symbol> member(Map.Entry<String, JsonNode> property) {
    String key = jsonText(property.getKey());
    Symbol name = builder.anyOf(List.of(GrammarBuilder.literal(key)));
    return json.member(name, symbol(property.getValue()));
  }

  private static String jsonText(String text) {
    return tools.jackson.databind.node.StringNode.valueOf(text).toString();
  }

  private static java.util.stream.Stream<JsonNode> stream(JsonNode nodes) {
    return StreamSupport.stream(nodes.spliterator(), false);
  }

  /**
   * Members of an object in any order. With few properties there is a rule for each set of
   * properties seen, so that none occurs twice and all required ones occur; with many any sequence
   * is allowed, and the validator checks it.
   */
  private final class AnyOrder {
    private final List<Symbol> members;
    private final List<Symbol> others;
    private final boolean counted;
    private final int needed;
    private final Map<Integer, Symbol.Rule> rules = new HashMap<>();

    AnyOrder(List<Symbol> members, List<Symbol> others, int needed) {
      this.members = members;
      this.others = others;
      this.counted = members.size() <= MAX_ANY_ORDER;
      this.needed = counted ? needed : 0;
    }

    Symbol after(int seen, boolean first) {
      int key = seen << 1 | (first ? 1 : 0);
      Symbol.Rule known = rules.get(key);
      if (known != null) {
        return known;
      }
      Symbol.Rule rule = builder.fresh("members of an object");
      rules.put(key, rule);
      if ((seen & needed) == needed) {
        builder.add(rule, List.of());
      }
      for (int i = 0; i < members.size(); i++) {
        int with = counted ? seen | 1 << i : seen;
        if (!counted || with != seen) {
          builder.add(rule, oneMore(members.get(i), with, first));
        }
      }
      others.forEach(other -> builder.add(rule, oneMore(other, seen, first)));
      return rule;
    }

    private List<Symbol> oneMore(Symbol member, int seen, boolean first) {
      var side = new ArrayList<Symbol>();
      if (!first) {
        side.addAll(GrammarBuilder.literal(","));
        side.add(json.blank());
      }
      side.add(member);
      side.add(after(seen, false));
      return side;
    }
  }
}
