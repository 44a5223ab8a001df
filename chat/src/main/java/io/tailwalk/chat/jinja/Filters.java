package io.tailwalk.chat.jinja;

import io.tailwalk.chat.ChatText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Jinja's filters of single values. */
final class Filters {
  private final Meter meter;
  private final ListFilters lists;

  Filters(Meter meter, Tests tests) {
    this.meter = meter;
    this.lists = new ListFilters(meter, tests, this);
  }

  /** Applies a filter by name. */
  Value apply(String name, Value value, Arguments given) {
    meter.step();
    return switch (name) {
      case "trim" ->
          Value.text(Strings.strip(text(value), given.only("chars").text(0, "chars"), true, true));
      case "upper" -> Value.text(Strings.map(text(value), all -> all.toUpperCase(Locale.ROOT)));
      case "lower" -> Value.text(Strings.map(text(value), all -> all.toLowerCase(Locale.ROOT)));
      case "capitalize" -> Value.text(Methods.capitalized(text(value)));
      case "title" -> Value.text(title(text(value)));
      case "replace" ->
          Value.text(
              Strings.replace(
                  text(value),
                  given.only("old", "new", "count").requireText(0, "old").text(),
                  given.requireText(1, "new"),
                  given.integer(2, "count", -1),
                  meter));
      case "string" -> Value.text(text(value));
      case "safe" -> value;
      case "e", "escape" -> Value.text(escaped(text(value)));
      case "indent" -> Value.text(indented(text(value), given.only("width", "first", "blank")));
      case "wordcount" -> Value.of(Strings.words(text(value), -1).size());
      case "format" -> Value.text(Format.percent(text(value), tuple(given), meter));
      case "tojson" -> Value.text(json(given).of(value));
      case "default", "d" -> {
        Value otherwise = given.get(0, "default_value").orElse(Value.text(""));
        boolean missing = value instanceof Value.Undefined;
        yield missing || (given.flag(1, "boolean") && !Operators.isTrue(value)) ? otherwise : value;
      }
      case "length", "count" -> Value.of(Operators.length(value));
      case "int" -> integer(value, given);
      case "float" -> real(value, given);
      case "abs" ->
          value instanceof Value.Real(double number)
              ? new Value.Real(Math.abs(number))
              : Value.of(Math.absExact(Operators.integer(value)));
      case "round" -> rounded(value, given.only("precision", "method"));
      case "items" -> {
        if (!(value instanceof Value.Dict) && !(value instanceof Value.Undefined)) {
          throw new TemplateFault("it asks for the items of " + value.kind());
        }
        yield value instanceof Value.Dict dict ? Methods.items(dict) : Value.list(List.of());
      }
      case "attr" ->
          value instanceof Value.Dict
              ? new Value.Undefined(given.requireText(0, "name").text())
              : Methods.field(value, given.requireText(0, "name").text(), meter);
      default -> lists.apply(name, value, given);
    };
  }

  private ChatText text(Value value) {
    return Printed.text(value, meter);
  }

  private static Value tuple(Arguments given) {
    return new Value.Items(given.positional(), true);
  }

  private static ChatText title(ChatText text) {
    return Strings.mapPoints(
        text,
        (point, before) -> {
          boolean begins = before == 0 || Strings.isSpace(before) || "-([{<".indexOf(before) >= 0;
          return Character.toString(
              begins ? Character.toTitleCase(point) : Character.toLowerCase(point));
        });
  }

  private static ChatText escaped(ChatText text) {
    return Strings.mapPoints(
        text,
        (point, _) ->
            switch (point) {
              case '&' -> "&amp;";
              case '<' -> "&lt;";
              case '>' -> "&gt;";
              case '"' -> "&#34;";
              case '\'' -> "&#39;";
              default -> Character.toString(point);
            });
  }

  private ChatText indented(ChatText text, Arguments given) {
    Optional<Value> width = given.get(0, "width");
    ChatText blanks =
        width.isPresent() && width.get() instanceof Value.Text(ChatText own)
            ? own
            : Strings.repeat(ChatText.ofTemplate(" "), given.integer(0, "width", 4), meter);
    var out = new ChatText.Builder();
    List<ChatText> lines = Strings.split(text, "\n", -1, false, meter);
    for (int i = 0; i < lines.size(); i++) {
      boolean wanted =
          i == 0 ? given.flag(1, "first") : lines.get(i).length() > 0 || given.flag(2, "blank");
      out.add(i == 0 ? "" : "\n", false).add(wanted ? blanks : ChatText.EMPTY).add(lines.get(i));
      meter.length(blanks.length());
      if (out.length() > Meter.MOST_LENGTH) {
        throw new TemplateFault("it makes a text longer than " + Meter.MOST_LENGTH);
      }
    }
    return out.build();
  }

  private Json json(Arguments given) {
    Arguments known = given.only("indent", "ensure_ascii", "separators", "sort_keys");
    if (known.flag(1, "ensure_ascii")) {
      throw new TemplateFault("it writes JSON with ensure_ascii, unknown here");
    }
    long indent =
        known.get(0, "indent").orElse(Constants.NONE) instanceof Value.None
            ? -1
            : known.integer(0, "indent", -1);
    if (indent > 64) {
      throw new TemplateFault("it indents JSON by more than 64");
    }
    String item = indent < 0 ? ", " : ",";
    String key = ": ";
    if (known.get(2, "separators").orElse(Constants.NONE) instanceof Value.Items(List<Value> two, _)
        && two.size() == 2) {
      item = text(two.get(0)).text();
      key = text(two.get(1)).text();
    }
    return new Json((int) indent, item, key, known.flag(3, "sort_keys"), meter);
  }

  private static Value integer(Value value, Arguments given) {
    Value otherwise = given.get(0, "default").orElse(Value.of(0));
    return switch (value) {
      case Value.Text text ->
          number(text.string()).map(x -> Value.of((long) (double) x)).orElse(otherwise);
      case Value.Real(double number) -> Value.of((long) number);
      case Value.Int _, Value.Bool _ -> Value.of(Operators.integer(value));
      default -> otherwise;
    };
  }

  private static Value real(Value value, Arguments given) {
    Value otherwise = given.get(0, "default").orElse(new Value.Real(0));
    return switch (value) {
      case Value.Text text -> number(text.string()).<Value>map(Value.Real::new).orElse(otherwise);
      case Value.Int _, Value.Bool _, Value.Real _ -> new Value.Real(Operators.real(value));
      default -> otherwise;
    };
  }

  private static Optional<Double> number(String text) {
    String plain = text.strip();
    return plain.matches("[-+]?(\\d{1,300}(\\.\\d{0,300})?|\\.\\d{1,300})([eE][-+]?\\d{1,3})?")
        ? Optional.of(Double.valueOf(plain))
        : Optional.empty();
  }

  private static Value rounded(Value value, Arguments given) {
    double scale = Math.pow(10, Math.clamp(given.integer(0, "precision", 0), -300, 300));
    String method = given.text(1, "method").map(ChatText::text).orElse("common");
    double x = Operators.real(value) * scale;
    return new Value.Real(
        switch (method) {
              case "ceil" -> Math.ceil(x);
              case "floor" -> Math.floor(x);
              case "common" -> Math.rint(x);
              default -> throw new TemplateFault("it rounds by '" + method + "', unknown here");
            }
            / scale);
  }

  /** The value of a path of fields such as {@code function.name}. */
  Value path(Value value, String path) {
    Value found = value;
    for (String name : path.split("\\.", -1)) {
      boolean number = name.matches("\\d{1,9}");
      found =
          number
              ? Access.index(found, Value.of(Long.parseLong(name)), meter)
              : Access.index(found, Value.text(name), meter);
    }
    return found;
  }

  /** The fields of a dictionary as pairs, for messages and filters. */
  static Value pair(Map.Entry<Value, Value> entry) {
    return new Value.Items(List.of(entry.getKey(), entry.getValue()), true);
  }
}
