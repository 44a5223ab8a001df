package io.tailwalk.verifiers.schema;

import io.tailwalk.verifiers.schema.Subschema.Resource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whether a complete value is valid against a schema, for every keyword of drafts 4 to 2020-12.
 * Keywords of simple values are in {@link Checks}.
 */
final class Judge {
  private final Library library;
  private final Checks checks;
  private final Map<String, EcmaPattern> patterns;

  /** Verdicts on containers, so that nested choices are not tried again for each way to them. */
  private final Map<Question, Answer> known = new HashMap<>();

  /** Schemas inside one another at one time. */
  private static final int MAX_DEPTH = 20_000;

  private int depth;

  private Judge(Library library, Checks checks, Map<String, EcmaPattern> patterns) {
    this.library = library;
    this.checks = checks;
    this.patterns = patterns;
  }

  private record Question(Subschema schema, JsonNode value, Scope scope) {
    @Override
    @SuppressWarnings("ReferenceEquality") // a place in the document is meant
    public boolean equals(@Nullable Object other) {
      return other instanceof Question that
          && that.value == value
          && that.schema.equals(schema)
          && that.scope.equals(scope);
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(value) + schema.hashCode();
    }
  }

  private record Answer(boolean valid, Seen seen) {}

  /** The resources entered on the way to a schema, innermost first. */
  private record Scope(Resource resource, @Nullable Scope outer) {}

  /** What keywords next to {@code unevaluated...} have looked at. */
  private static final class Seen {
    final Set<String> names = new HashSet<>();
    final Set<Integer> items = new HashSet<>();

    void add(Seen other) {
      names.addAll(other.names);
      items.addAll(other.items);
    }
  }

  /**
   * Whether a value is valid against a complete schema.
   *
   * @param patterns patterns of the schema that are already read
   * @throws Unjudgeable if a pattern takes too long or schemas are nested without end
   */
  static boolean admits(
      Library library, Checks checks, Map<String, EcmaPattern> patterns, JsonNode value) {
    Subschema root = library.root();
    var judge = new Judge(library, checks, patterns);
    return judge.valid(root, value, new Scope(root.resource(), null), new Seen());
  }

  private boolean valid(Subschema outer, JsonNode schema, JsonNode value, Scope scope, Seen seen) {
    return valid(library.inside(outer, schema), value, scope, seen);
  }

  private boolean valid(Subschema schema, JsonNode value, Scope around, Seen seen) {
    if (!schema.node().isObject()) {
      return !schema.node().isBoolean() || schema.node().booleanValue();
    }
    if (depth == MAX_DEPTH) {
      throw new Unjudgeable(
          "schemas apply to one another more than " + MAX_DEPTH + " levels deep for this text");
    }
    depth++;
    boolean valid = remembered(schema, value, around, seen);
    depth--;
    return valid;
  }

  private boolean remembered(Subschema schema, JsonNode value, Scope around, Seen seen) {
    Scope scope =
        schema.resource() == around.resource ? around : new Scope(schema.resource(), around);
    if (!value.isContainer()) {
      return judged(schema, value, scope, seen);
    }
    var question = new Question(schema, value, scope);
    Answer answer = known.get(question);
    if (answer == null) {
      // A schema sees what it and schemas inside it look at, not what others next to it do.
      var own = new Seen();
      answer = new Answer(judged(schema, value, scope, own), own);
      known.put(question, answer);
    }
    seen.add(answer.seen);
    return answer.valid;
  }

  private boolean judged(Subschema schema, JsonNode value, Scope scope, Seen seen) {
    JsonNode ref = schema.get("$ref");
    if (ref != null && ref.isString() && !schema.draft().readsSiblingsOfRef()) {
      return valid(library.resolve(schema, ref.asString()), value, scope, seen);
    }
    return checks.valid(schema, value)
        && references(schema, value, scope, seen)
        && choices(schema, value, scope, seen)
        && (!value.isObject() || object(schema, value, scope, seen))
        && (!value.isArray() || array(schema, value, scope, seen));
  }

  private boolean references(Subschema schema, JsonNode value, Scope scope, Seen seen) {
    JsonNode ref = schema.get("$ref");
    if (ref != null
        && ref.isString()
        && !valid(library.resolve(schema, ref.asString()), value, scope, seen)) {
      return false;
    }
    JsonNode dynamic = schema.get("$dynamicRef");
    if (dynamic != null && !valid(dynamic(schema, dynamic.asString(), scope), value, scope, seen)) {
      return false;
    }
    return !schema.has("$recursiveRef") || valid(recursive(schema, scope), value, scope, seen);
  }

  /** The outermost schema of a dynamic anchor's name, if the reference names such an anchor. */
  @SuppressWarnings("ReferenceEquality") // a place in the document is meant
  private Subschema dynamic(Subschema schema, String reference, Scope scope) {
    Subschema first = library.resolve(schema, reference);
    String name = References.fragment(reference);
    if (first.resource().dynamicAnchors.get(name) != first.node()) {
      return first;
    }
    Subschema found = first;
    for (Scope at = scope; at != null; at = at.outer) {
      JsonNode anchored = at.resource.dynamicAnchors.get(name);
      found = anchored == null ? found : new Subschema(anchored, at.resource);
    }
    return found;
  }

  private Subschema recursive(Subschema schema, Scope scope) {
    Subschema found = library.resolve(schema, "#");
    if (!isRecursive(found.resource())) {
      return found;
    }
    for (Scope at = scope; at != null; at = at.outer) {
      if (isRecursive(at.resource)) {
        found = new Subschema(at.resource.root, at.resource);
      }
    }
    return found;
  }

  private static boolean isRecursive(Resource resource) {
    return resource.root.path("$recursiveAnchor").asBoolean(false);
  }

  private boolean choices(Subschema schema, JsonNode value, Scope scope, Seen seen) {
    JsonNode all = schema.get("allOf");
    if (all != null && !Subschema.stream(all).allMatch(s -> valid(schema, s, value, scope, seen))) {
      return false;
    }
    JsonNode any = schema.get("anyOf");
    if (any != null && count(schema, any, value, scope, seen) == 0) {
      return false;
    }
    JsonNode one = schema.get("oneOf");
    if (one != null && count(schema, one, value, scope, seen) != 1) {
      return false;
    }
    JsonNode not = schema.get("not");
    if (not != null && valid(schema, not, value, scope, new Seen())) {
      return false;
    }
    JsonNode condition = schema.get("if");
    if (condition == null) {
      return true;
    }
    var of = new Seen();
    boolean holds = valid(schema, condition, value, scope, of);
    if (holds) {
      seen.add(of);
    }
    JsonNode then = schema.get(holds ? "then" : "else");
    return then == null || valid(schema, then, value, scope, seen);
  }

  private int count(Subschema schema, JsonNode list, JsonNode value, Scope scope, Seen seen) {
    int count = 0;
    for (JsonNode one : list) {
      var of = new Seen();
      if (valid(schema, one, value, scope, of)) {
        count++;
        seen.add(of);
      }
    }
    return count;
  }

  private boolean object(Subschema schema, JsonNode value, Scope scope, Seen seen) {
    var here = new HashSet<String>();
    JsonNode names = schema.get("propertyNames");
    JsonNode rest = schema.get("additionalProperties");
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      String name = member.getKey();
      JsonNode text = tools.jackson.databind.node.StringNode.valueOf(name);
      if (names != null && !valid(schema, names, text, scope, new Seen())) {
        return false;
      }
      for (JsonNode of : ofName(schema, name)) {
        here.add(name);
        if (!valid(schema, of, member.getValue(), scope, new Seen())) {
          return false;
        }
      }
      if (rest != null && !here.contains(name)) {
        here.add(name);
        if (!valid(schema, rest, member.getValue(), scope, new Seen())) {
          return false;
        }
      }
    }
    seen.names.addAll(here);
    for (String keyword : List.of("dependentSchemas", "dependencies")) {
      JsonNode all = schema.get(keyword);
      for (Map.Entry<String, JsonNode> one :
          all == null ? Set.<Map.Entry<String, JsonNode>>of() : all.properties()) {
        if (value.has(one.getKey())
            && !one.getValue().isArray()
            && !one.getValue().isString()
            && !valid(schema, one.getValue(), value, scope, seen)) {
          return false;
        }
      }
    }
    return unevaluatedProperties(schema, value, scope, seen);
  }

  private List<JsonNode> ofName(Subschema schema, String name) {
    var out = new java.util.ArrayList<JsonNode>();
    JsonNode listed = schema.get("properties");
    JsonNode own = listed == null ? null : listed.get(name);
    if (own != null) {
      out.add(own);
    }
    JsonNode byPattern = schema.get("patternProperties");
    if (byPattern != null) {
      byPattern
          .properties()
          .forEach(entry -> {
            if (pattern(entry.getKey()).isFoundIn(name)) {
              out.add(entry.getValue());
            }
          });
    }
    return out;
  }

  private EcmaPattern pattern(String source) {
    EcmaPattern known = patterns.get(source);
    return known == null ? EcmaPattern.of(source) : known;
  }

  private boolean unevaluatedProperties(Subschema schema, JsonNode value, Scope scope, Seen seen) {
    JsonNode rest = schema.get("unevaluatedProperties");
    if (rest == null) {
      return true;
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      if (seen.names.add(member.getKey())
          && !valid(schema, rest, member.getValue(), scope, new Seen())) {
        return false;
      }
    }
    return true;
  }

  private boolean array(Subschema schema, JsonNode value, Scope scope, Seen seen) {
    List<JsonNode> firsts = Items.firsts(schema);
    JsonNode rest = Items.rest(schema);
    for (int i = 0; i < value.size(); i++) {
      JsonNode of = i < firsts.size() ? firsts.get(i) : rest;
      if (of != null) {
        seen.items.add(i);
        if (!valid(schema, of, value.get(i), scope, new Seen())) {
          return false;
        }
      }
    }
    JsonNode contains = schema.get("contains");
    if (contains != null) {
      int count = 0;
      for (int i = 0; i < value.size(); i++) {
        if (valid(schema, contains, value.get(i), scope, new Seen())) {
          count++;
          if (schema.draft() == Draft.V2020) {
            seen.items.add(i);
          }
        }
      }
      if (count < Checks.count(schema, "minContains", 1)
          || count > Checks.count(schema, "maxContains", Integer.MAX_VALUE)) {
        return false;
      }
    }
    JsonNode unevaluated = schema.get("unevaluatedItems");
    for (int i = 0; unevaluated != null && i < value.size(); i++) {
      if (seen.items.add(i) && !valid(schema, unevaluated, value.get(i), scope, new Seen())) {
        return false;
      }
    }
    return true;
  }
}
