package io.tailwalk.chat.jinja;

import io.tailwalk.chat.ChatText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Jinja's filters of lists and mappings. */
final class ListFilters {
  private final Meter meter;
  private final Tests tests;
  private final Filters filters;

  ListFilters(Meter meter, Tests tests, Filters filters) {
    this.meter = meter;
    this.tests = tests;
    this.filters = filters;
  }

  Value apply(String name, Value value, Arguments given) {
    return switch (name) {
      case "list" -> Value.list(items(value));
      case "first" ->
          items(value).isEmpty() ? new Value.Undefined("first") : items(value).getFirst();
      case "last" -> items(value).isEmpty() ? new Value.Undefined("last") : items(value).getLast();
      case "join" -> join(value, given.only("d", "attribute"));
      case "reverse" -> reversed(value);
      case "sum" -> sum(value, given.only("attribute", "start"));
      case "min" -> extreme(value, given.only("case_sensitive", "attribute"), false);
      case "max" -> extreme(value, given.only("case_sensitive", "attribute"), true);
      case "sort" ->
          Value.list(sorted(items(value), given.only("reverse", "case_sensitive", "attribute")));
      case "unique" -> unique(value, given.only("case_sensitive", "attribute"));
      case "dictsort" -> dictsort(value, given.only("case_sensitive", "by", "reverse"));
      case "map" -> map(value, given);
      case "select" -> select(value, given, true, false);
      case "reject" -> select(value, given, false, false);
      case "selectattr" -> select(value, given, true, true);
      case "rejectattr" -> select(value, given, false, true);
      default -> throw new TemplateFault("it has the filter '" + name + "', unknown here");
    };
  }

  private List<Value> items(Value value) {
    return Operators.items(value, meter);
  }

  private UnaryOperator<Value> attribute(Arguments given, int place) {
    Optional<Value> path =
        given.get(place, "attribute").filter(found -> !(found instanceof Value.None));
    return path.isEmpty()
        ? item -> item
        : item -> filters.path(item, Printed.text(path.get(), meter).text());
  }

  private Value join(Value value, Arguments given) {
    UnaryOperator<Value> attribute = attribute(given, 1);
    List<ChatText> texts = new ArrayList<>();
    for (Value item : items(value)) {
      texts.add(Printed.text(attribute.apply(item), meter));
    }
    ChatText separator =
        given.get(0, "d").map(found -> Printed.text(found, meter)).orElse(ChatText.EMPTY);
    return Value.text(Strings.join(separator, texts, meter));
  }

  private Value reversed(Value value) {
    List<Value> items = new ArrayList<>(items(value));
    Collections.reverse(items);
    if (value instanceof Value.Text) {
      List<ChatText> characters = items.stream().map(item -> Printed.text(item, meter)).toList();
      return Value.text(Strings.join(ChatText.EMPTY, characters, meter));
    }
    return Value.list(items);
  }

  private Value sum(Value value, Arguments given) {
    UnaryOperator<Value> attribute = attribute(given, 0);
    Value total = given.get(1, "start").orElse(Value.of(0));
    for (Value item : items(value)) {
      total = Operators.binary("+", total, attribute.apply(item), meter);
    }
    return total;
  }

  private Value extreme(Value value, Arguments given, boolean most) {
    List<Value> items = items(value);
    if (items.isEmpty()) {
      return new Value.Undefined(most ? "max" : "min");
    }
    Comparator<Value> order = order(given.flag(0, "case_sensitive"), attribute(given, 1));
    return most ? Collections.max(items, order) : Collections.min(items, order);
  }

  private List<Value> sorted(List<Value> items, Arguments given) {
    Comparator<Value> order = order(given.flag(1, "case_sensitive"), attribute(given, 2));
    List<Value> all = new ArrayList<>(items);
    all.sort(given.flag(0, "reverse") ? order.reversed() : order);
    return all;
  }

  private Comparator<Value> order(boolean caseSensitive, UnaryOperator<Value> key) {
    return (a, b) ->
        Operators.compare(
            folded(key.apply(a), caseSensitive), folded(key.apply(b), caseSensitive), meter);
  }

  private static Value folded(Value value, boolean caseSensitive) {
    return !caseSensitive && value instanceof Value.Text(ChatText text)
        ? Value.text(Strings.map(text, all -> all.toLowerCase(Locale.ROOT)))
        : value;
  }

  private Value unique(Value value, Arguments given) {
    UnaryOperator<Value> attribute = attribute(given, 1);
    boolean caseSensitive = given.flag(0, "case_sensitive");
    List<Value> kept = new ArrayList<>();
    List<Value> seen = new ArrayList<>();
    for (Value item : items(value)) {
      Value key = folded(attribute.apply(item), caseSensitive);
      if (!Operators.contains(Value.list(seen), key, meter)) {
        seen.add(key);
        kept.add(item);
      }
    }
    return Value.list(kept);
  }

  private Value dictsort(Value value, Arguments given) {
    if (!(value instanceof Value.Dict(Map<Value, Value> entries))) {
      throw new TemplateFault("it sorts " + value.kind() + " as a mapping");
    }
    String by = given.text(1, "by").map(ChatText::text).orElse("key");
    long place = by.equals("value") ? 1 : 0;
    List<Value> pairs = new ArrayList<>();
    entries.entrySet().forEach(entry -> pairs.add(Filters.pair(entry)));
    Comparator<Value> order =
        order(given.flag(0, "case_sensitive"), pair -> Access.index(pair, Value.of(place), meter));
    pairs.sort(given.flag(2, "reverse") ? order.reversed() : order);
    return Value.list(pairs);
  }

  private Value map(Value value, Arguments given) {
    List<Value> results = new ArrayList<>();
    if (given.positional().isEmpty()) {
      UnaryOperator<Value> attribute = attribute(given.only("attribute", "default"), 0);
      given.require(0, "attribute");
      for (Value item : items(value)) {
        Value found = attribute.apply(item);
        boolean missing = found instanceof Value.Undefined;
        results.add(missing ? given.get(1, "default").orElse(found) : found);
      }
    } else {
      String name = given.requireText(0, "filter").text();
      for (Value item : items(value)) {
        results.add(filters.apply(name, item, given.rest(name)));
      }
    }
    return Value.list(results);
  }

  private Value select(Value value, Arguments given, boolean wanted, boolean byAttribute) {
    List<Value> kept = new ArrayList<>();
    Arguments test = byAttribute ? given.rest(given.function()) : given;
    for (Value item : items(value)) {
      Value tested = item;
      if (byAttribute) {
        tested = filters.path(item, given.requireText(0, "attribute").text());
      }
      boolean passes =
          test.positional().isEmpty()
              ? Operators.isTrue(tested)
              : tests.holds(
                  test.requireText(0, "test").text(), tested, test.rest(given.function()));
      if (passes == wanted) {
        kept.add(item);
      }
    }
    return Value.list(kept);
  }
}
