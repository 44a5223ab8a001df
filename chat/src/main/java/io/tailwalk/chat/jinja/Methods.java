package io.tailwalk.chat.jinja;

import io.tailwalk.chat.ChatText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The methods of Python's values that do not change them, and the fields of namespaces. */
final class Methods {
  private static final Set<String> OF_LISTS = Set.of("index", "count");
  private static final Set<String> OF_MAPPINGS = Set.of("items", "keys", "values", "get", "copy");
  private static final Set<String> CHANGES =
      Set.of(
          "append",
          "clear",
          "extend",
          "insert",
          "pop",
          "popitem",
          "remove",
          "reverse",
          "setdefault",
          "sort",
          "update");

  private Methods() {}

  /** A method or field by name; undefined if there is none. */
  static Value field(Value object, String name, Meter meter) {
    return switch (object) {
      case Value.Text(ChatText text) when StringMethods.NAMES.contains(name) ->
          method(given -> StringMethods.call(name, text, named(given, name), meter));
      case Value.Items list when OF_LISTS.contains(name) ->
          method(given -> list(name, list, named(given, name), meter));
      case Value.Dict dict when OF_MAPPINGS.contains(name) ->
          method(given -> mapping(name, dict, named(given, name)));
      case Value.Items _ when CHANGES.contains(name) -> refusal(name);
      case Value.Dict _ when CHANGES.contains(name) -> refusal(name);
      case Value.Namespace(Map<String, Value> fields) -> {
        Value found = fields.get(name);
        yield found == null ? new Value.Undefined(name) : found;
      }
      default -> new Value.Undefined(name);
    };
  }

  private static Value method(Value.Function function) {
    return function;
  }

  private static Arguments named(Arguments given, String name) {
    return new Arguments(name, given.positional(), given.named());
  }

  private static Value refusal(String name) {
    return method(_ -> {
      throw new TemplateFault("it changes a list or mapping by " + name + "()");
    });
  }

  private static Value list(String name, Value.Items list, Arguments given, Meter meter) {
    Value wanted = given.only("value").require(0, "value");
    int count = 0;
    for (int i = 0; i < list.items().size(); i++) {
      if (Operators.equal(list.items().get(i), wanted, meter)) {
        if (name.equals("index")) {
          return Value.of(i);
        }
        count++;
      }
    }
    if (name.equals("index")) {
      throw new TemplateFault("it looks for the index of a value that is not in the list");
    }
    return Value.of(count);
  }

  private static Value mapping(String name, Value.Dict dict, Arguments given) {
    return switch (name) {
      case "items" -> items(dict);
      case "keys" -> Value.list(dict.entries().keySet());
      case "values" -> Value.list(dict.entries().values());
      case "copy" -> dict;
      default -> {
        Value found = dict.entries().get(given.only("key", "default").require(0, "key"));
        yield found == null ? given.get(1, "default").orElse(Constants.NONE) : found;
      }
    };
  }

  /** The pairs of a mapping. */
  static Value items(Value.Dict dict) {
    List<Value> pairs = new ArrayList<>();
    dict.entries().entrySet().forEach(entry -> pairs.add(Filters.pair(entry)));
    return Value.list(pairs);
  }

  /** With an upper-case letter at the beginning, lower-case letters behind it. */
  static ChatText capitalized(ChatText text) {
    return Strings.mapPoints(
        text,
        (point, before) ->
            Character.toString(
                before == 0 ? Character.toTitleCase(point) : Character.toLowerCase(point)));
  }
}
