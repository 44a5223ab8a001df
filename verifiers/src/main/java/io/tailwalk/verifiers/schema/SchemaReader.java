package io.tailwalk.verifiers.schema;

import io.tailwalk.verifiers.schema.ObjectShape.Part;
import io.tailwalk.verifiers.schema.ObjectShape.Patterned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads schemas into conditions on values. A condition may be weaker than the schema, where a
 * keyword looks further than shapes do; it is never stronger.
 */
final class SchemaReader {
  private final Library library;
  private final Map<String, EcmaPattern> patterns;
  private final boolean assertsFormats;
  private final Negation negation = new Negation(this);
  private final Map<Term, Condition> known = new HashMap<>();

  SchemaReader(Library library, Map<String, EcmaPattern> patterns, boolean assertsFormats) {
    this.library = library;
    this.patterns = patterns;
    this.assertsFormats = assertsFormats;
  }

  Library library() {
    return library;
  }

  EcmaPattern pattern(String source) {
    return patterns.computeIfAbsent(source, EcmaPattern::of);
  }

  /** What one term says. */
  Condition read(Term term) {
    Condition condition = known.get(term);
    if (condition == null) {
      condition =
          switch (term) {
            case Term.In(Shape shape) -> new Condition(shape, List.of());
            case Term.Of(Subschema schema, boolean negated) ->
                negated ? negation.of(schema) : positive(schema);
          };
      known.put(term, condition);
    }
    return condition;
  }

  Term of(Subschema outer, JsonNode schema, boolean negated) {
    return new Term.Of(library.inside(outer, schema), negated);
  }

  List<Term> terms(Subschema outer, JsonNode schema) {
    if (schema.isBoolean()) {
      return schema.booleanValue() ? List.of() : List.of(Term.NOTHING);
    }
    return List.of(of(outer, schema, false));
  }

  private Condition positive(Subschema schema) {
    if (!schema.node().isObject()) {
      boolean all = !schema.node().isBoolean() || schema.node().booleanValue();
      return new Condition(all ? Shape.ANY : Shape.NONE, List.of());
    }
    var choices = new ArrayList<List<List<Term>>>();
    Subschema target = target(schema);
    if (target != null) {
      choices.add(List.of(List.of(new Term.Of(target, false))));
      if (!schema.draft().readsSiblingsOfRef() && schema.has("$ref")) {
        return new Condition(Shape.ANY, choices);
      }
    }
    addChoices(schema, choices);
    return new Condition(shape(schema), choices);
  }

  /** What the schema's reference points at, if that is known without values. */
  @SuppressWarnings("ReferenceEquality") // a place in the document is meant
  @Nullable Subschema target(Subschema schema) {
    JsonNode ref = schema.get("$ref");
    if (ref != null && ref.isString()) {
      return library.resolve(schema, ref.asString());
    }
    JsonNode dynamic = schema.get("$dynamicRef");
    if (dynamic != null) {
      Subschema found = library.resolve(schema, dynamic.asString());
      String name = References.fragment(dynamic.asString());
      boolean moves = found.resource().dynamicAnchors.get(name) == found.node();
      return moves && library.hasSeveral(name) ? null : found;
    }
    if (schema.has("$recursiveRef")) {
      Subschema found = library.resolve(schema, "#");
      boolean moves = found.node().path("$recursiveAnchor").asBoolean(false);
      return moves && !library.hasOneResource() ? null : found;
    }
    return null;
  }

  private void addChoices(Subschema schema, List<List<List<Term>>> out) {
    JsonNode all = schema.get("allOf");
    if (all != null) {
      all.forEach(one -> out.add(List.of(terms(schema, one))));
    }
    for (String keyword : List.of("anyOf", "oneOf")) {
      JsonNode some = schema.get(keyword);
      if (some != null) {
        out.add(Subschema.stream(some).map(one -> terms(schema, one)).toList());
      }
    }
    JsonNode constants = schema.get("enum");
    if (constants != null && constants.isArray()) {
      List<List<Term>> several = Constants.alternatives(Subschema.stream(constants).toList());
      if (!several.isEmpty()) {
        out.add(several);
      }
    }
    JsonNode not = schema.get("not");
    if (not != null) {
      out.add(List.of(List.of(of(schema, not, true))));
    }
    JsonNode condition = schema.get("if");
    if (condition != null && (schema.has("then") || schema.has("else"))) {
      out.add(
          List.of(
              both(terms(schema, condition), schema, "then"),
              both(List.of(of(schema, condition, true)), schema, "else")));
    }
    for (String keyword : List.of("dependentSchemas", "dependencies")) {
      JsonNode dependent = schema.get(keyword);
      if (dependent != null && dependent.isObject()) {
        dependent.properties().stream()
            .filter(entry -> !entry.getValue().isArray() && !entry.getValue().isString())
            .forEach(entry -> out.add(dependent(schema, entry.getKey(), entry.getValue())));
      }
    }
  }

  private List<Term> both(List<Term> first, Subschema schema, String keyword) {
    JsonNode second = schema.get(keyword);
    var all = new ArrayList<>(first);
    if (second != null) {
      all.addAll(terms(schema, second));
    }
    return all;
  }

  private List<List<Term>> dependent(Subschema outer, String name, JsonNode schema) {
    var without = ObjectShape.ofMember(name, List.of(Term.NOTHING), false);
    var with = ObjectShape.ofMember(name, List.of(), true);
    var second = new ArrayList<Term>(List.of(new Term.In(Shape.ofObjects(with))));
    second.addAll(terms(outer, schema));
    return List.of(List.of(new Term.In(Shape.ANY.withObjects(without))), second);
  }

  private Shape shape(Subschema schema) {
    Shape shape = types(schema);
    shape = shape.and(Shape.ANY.withStrings(strings(schema)));
    shape = shape.and(Shape.ANY.withNumbers(NumberShape.of(schema)));
    shape = shape.and(Shape.ANY.withArrays(arrays(schema)));
    shape = shape.and(Shape.ANY.withObjects(objects(schema)));
    JsonNode constant = schema.get("const");
    if (constant != null) {
      shape = shape.and(Constants.shape(List.of(constant)));
    }
    JsonNode choices = schema.get("enum");
    return choices != null && choices.isArray()
        ? shape.and(Constants.shape(Subschema.stream(choices).toList()))
        : shape;
  }

  private static Shape types(Subschema schema) {
    JsonNode type = schema.get("type");
    if (type == null) {
      return Shape.ANY;
    }
    List<JsonNode> all = type.isArray() ? Subschema.stream(type).toList() : List.of(type);
    return Shape.ofTypes(all.stream().map(one -> ofType(one.asString())).toList());
  }

  static Shape ofType(String name) {
    Shape shape = Shape.ofType(name);
    if (shape == null) {
      throw new IllegalArgumentException(
          "the type \"" + Library.shown(name) + "\" is unknown; use a valid type");
    }
    return shape;
  }

  private StringShape strings(Subschema schema) {
    int max = Checks.count(schema, "maxLength", Dfa.ENDLESS);
    var shape =
        new StringShape(null, Checks.count(schema, "minLength", 0), Math.min(Dfa.ENDLESS, max));
    JsonNode pattern = schema.get("pattern");
    if (pattern != null && pattern.isString()) {
      Dfa dfa = pattern(pattern.asString()).automaton().orElse(null);
      shape = dfa == null ? shape : shape.and(StringShape.of(dfa));
    }
    JsonNode format = schema.get("format");
    if (format != null && assertsFormats) {
      Dfa dfa = Format.of(format.asString()).flatMap(Format::automaton).orElse(null);
      shape = dfa == null ? shape : shape.and(StringShape.of(dfa));
    }
    return shape.equals(StringShape.ANY) ? StringShape.ANY : shape;
  }

  private ArrayShape arrays(Subschema schema) {
    int min = Checks.count(schema, "minItems", 0);
    int max = Math.min(Dfa.ENDLESS, Checks.count(schema, "maxItems", Dfa.ENDLESS));
    List<List<Term>> firsts = Items.firsts(schema).stream().map(one -> terms(schema, one)).toList();
    JsonNode rest = Items.rest(schema);
    List<Term> others = rest == null ? List.of() : terms(schema, rest);
    if (others.contains(Term.NOTHING)) {
      max = Math.min(max, firsts.size());
    }
    var contains = new ArrayList<ArrayShape.Contains>();
    JsonNode some = schema.get("contains");
    int least = Checks.count(schema, "minContains", 1);
    if (some != null && least > 0) {
      min = Math.max(min, least);
      contains.add(new ArrayShape.Contains(terms(schema, some), least));
    }
    boolean free = firsts.isEmpty() && others.isEmpty();
    if (free && contains.isEmpty() && min == 0 && max == Dfa.ENDLESS) {
      return ArrayShape.ANY;
    }
    List<ArrayShape.Part> parts = free ? List.of() : List.of(new ArrayShape.Part(firsts, others));
    return new ArrayShape(parts, contains, min, max);
  }

  private ObjectShape objects(Subschema schema) {
    var named = new LinkedHashMap<String, List<Term>>();
    JsonNode properties = schema.get("properties");
    if (properties != null) {
      properties.properties().forEach(p -> named.put(p.getKey(), terms(schema, p.getValue())));
    }
    var patterned = new ArrayList<Patterned>();
    JsonNode byPattern = schema.get("patternProperties");
    if (byPattern != null) {
      byPattern
          .properties()
          .forEach(
              p -> patterned.add(new Patterned(pattern(p.getKey()), terms(schema, p.getValue()))));
    }
    JsonNode additional = schema.get("additionalProperties");
    List<Term> rest = additional == null ? List.of() : terms(schema, additional);
    var parts = new ArrayList<Part>();
    if (!named.isEmpty() || !patterned.isEmpty() || !rest.isEmpty()) {
      parts.add(new Part(named, patterned, rest));
    }
    JsonNode unevaluated = schema.get("unevaluatedProperties");
    if (unevaluated != null) {
      Part of = new Evaluated(this).part(schema, terms(schema, unevaluated));
      if (of != null) {
        parts.add(of);
      }
    }
    int min = Checks.count(schema, "minProperties", 0);
    int max = Math.min(Dfa.ENDLESS, Checks.count(schema, "maxProperties", Dfa.ENDLESS));
    var required = new TreeSet<String>();
    JsonNode needed = schema.get("required");
    if (needed != null && needed.isArray()) {
      needed.forEach(name -> required.add(name.asString()));
    }
    Map<String, Set<String>> dependents = dependents(schema);
    List<StringShape> names = nameShapes(schema);
    boolean any = parts.isEmpty() && required.isEmpty() && dependents.isEmpty() && names.isEmpty();
    return any && min == 0 && max == Dfa.ENDLESS
        ? ObjectShape.ANY
        : new ObjectShape(parts, required, dependents, names, min, max);
  }

  private static Map<String, Set<String>> dependents(Subschema schema) {
    var out = new HashMap<String, Set<String>>();
    for (String keyword : List.of("dependentRequired", "dependencies")) {
      JsonNode all = schema.get(keyword);
      if (all == null || !all.isObject()) {
        continue;
      }
      all.properties()
          .forEach(entry -> {
            var names = new LinkedHashSet<String>();
            if (entry.getValue().isString()) {
              names.add(entry.getValue().asString());
            } else if (entry.getValue().isArray()) {
              entry.getValue().forEach(name -> names.add(name.asString()));
            }
            if (!names.isEmpty()) {
              out.put(entry.getKey(), names);
            }
          });
    }
    return out;
  }

  /** What names must be like, as far as one shape says it. */
  private List<StringShape> nameShapes(Subschema schema) {
    JsonNode names = schema.get("propertyNames");
    if (names == null) {
      return List.of();
    }
    var shapes = new ArrayList<StringShape>();
    var seen = new LinkedHashSet<Term>();
    var open = new ArrayList<Term>(terms(schema, names));
    while (!open.isEmpty()) {
      Term term = open.removeLast();
      if (!seen.add(term)) {
        continue;
      }
      Condition condition = read(term);
      StringShape shape = condition.shape().strings();
      shapes.add(shape == null ? new StringShape(null, 1, 0) : shape);
      condition.choices().stream()
          .filter(c -> c.size() == 1)
          .forEach(c -> open.addAll(c.getFirst()));
    }
    return shapes.stream().filter(shape -> !shape.equals(StringShape.ANY)).toList();
  }
}
