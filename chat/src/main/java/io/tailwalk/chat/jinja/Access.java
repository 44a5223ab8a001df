package io.tailwalk.chat.jinja;

import io.tailwalk.chat.ChatText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fields, indices and slices of values. */
final class Access {
  private Access() {}

  /** {@code object[index]}; undefined if there is none. */
  static Value index(Value object, Value index, Meter meter) {
    switch (object) {
      case Value.Undefined(String name) -> throw new TemplateFault("'" + name + "' is undefined");
      case Value.Dict(Map<Value, Value> entries) -> {
        Value found = Operators.isKey(index) ? entries.get(index) : null;
        if (found != null) {
          return found;
        }
      }
      case Value.Items(List<Value> items, _) when index instanceof Value.Int(long number) -> {
        long place = number < 0 ? number + items.size() : number;
        return place >= 0 && place < items.size()
            ? items.get((int) place)
            : new Value.Undefined("item " + number);
      }
      case Value.Text(ChatText text) when index instanceof Value.Int(long number) -> {
        int length = Strings.length(text);
        long place = number < 0 ? number + length : number;
        return place >= 0 && place < length
            ? Value.text(points(text, (int) place, (int) place + 1))
            : new Value.Undefined("character " + number);
      }
      default -> {}
    }
    return index instanceof Value.Text name
        ? Methods.field(object, name.string(), meter)
        : new Value.Undefined(Printed.text(index, meter).text());
  }

  /** {@code object.name}; undefined if there is none. */
  static Value field(Value object, String name, Meter meter) {
    if (object instanceof Value.Undefined(String missing)) {
      throw new TemplateFault("'" + missing + "' is undefined");
    }
    Value found = Methods.field(object, name, meter);
    if (found instanceof Value.Undefined && object instanceof Value.Dict dict) {
      return dict.get(name);
    }
    return found;
  }

  private static ChatText points(ChatText text, int from, int to) {
    return text.substring(Strings.place(text, from), Strings.place(text, to));
  }

  /** {@code object[from:to:step]}. */
  static Value slice(
      Value object, @Nullable Long from, @Nullable Long to, @Nullable Long step, Meter meter) {
    long by = step == null ? 1 : step;
    if (by == 0) {
      throw new TemplateFault("it slices with step 0");
    }
    return switch (object) {
      case Value.Text(ChatText text) when by == 1 -> {
        int length = Strings.length(text);
        int first = (int) bound(from, length, 0);
        int last = (int) bound(to, length, length);
        yield Value.text(first < last ? points(text, first, last) : ChatText.EMPTY);
      }
      case Value.Text _ -> {
        List<ChatText> characters = new ArrayList<>();
        for (Value item : sliced(Operators.items(object, meter), from, to, by)) {
          characters.add(Printed.text(item, meter));
        }
        yield Value.text(Strings.join(ChatText.EMPTY, characters, meter));
      }
      case Value.Items(List<Value> items, boolean isTuple) -> {
        meter.length(items.size());
        yield new Value.Items(sliced(items, from, to, by), isTuple);
      }
      case Value.Undefined(String name) -> throw new TemplateFault("'" + name + "' is undefined");
      default -> throw new TemplateFault("it slices " + object.kind());
    };
  }

  private static long bound(@Nullable Long given, int length, int otherwise) {
    if (given == null) {
      return otherwise;
    }
    return Math.clamp(given < 0 ? given + length : given, 0, length);
  }

  private static List<Value> sliced(
      List<Value> items, @Nullable Long from, @Nullable Long to, long step) {
    int length = items.size();
    List<Value> result = new ArrayList<>();
    if (step > 0) {
      long last = bound(to, length, length);
      for (long i = bound(from, length, 0); i < last; i += Math.min(step, length + 1L)) {
        result.add(items.get((int) i));
      }
    } else {
      long first = from == null ? length - 1L : lower(from, length);
      long last = to == null ? -1 : lower(to, length);
      for (long i = first; i > last; i += Math.max(step, -length - 1L)) {
        result.add(items.get((int) i));
      }
    }
    return result;
  }

  private static long lower(long given, int length) {
    return Math.clamp(given < 0 ? given + length : given, -1L, length - 1L);
  }
}
