package io.tailwalk.chat.jinja;

import io.tailwalk.chat.ChatText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Truth, equality, order, arithmetic and membership of values, as in Python. */
final class Operators {
  private Operators() {}

  static boolean isTrue(Value value) {
    return switch (value) {
      case Value.Undefined _, Value.None _ -> false;
      case Value.Bool(boolean flag) -> flag;
      case Value.Int(long number) -> number != 0;
      case Value.Real(double number) -> number != 0;
      case Value.Text text -> !text.string().isEmpty();
      case Value.Items(List<Value> items, _) -> !items.isEmpty();
      case Value.Dict(Map<Value, Value> entries) -> !entries.isEmpty();
      case Value.Namespace _, Value.Function _ -> true;
    };
  }

  static boolean isNumber(Value value) {
    return value instanceof Value.Int || value instanceof Value.Real || value instanceof Value.Bool;
  }

  private static boolean isInteger(Value value) {
    return value instanceof Value.Int || value instanceof Value.Bool;
  }

  static double real(Value value) {
    return value instanceof Value.Real(double number) ? number : integer(value);
  }

  static long integer(Value value) {
    return switch (value) {
      case Value.Int(long number) -> number;
      case Value.Bool(boolean flag) -> flag ? 1 : 0;
      default -> throw new TemplateFault("it uses " + value.kind() + " as an integer");
    };
  }

  static boolean equal(Value a, Value b, Meter meter) {
    meter.enter();
    try {
      return switch (a) {
        case Value.Undefined _ -> b instanceof Value.Undefined;
        case Value.Items(List<Value> items, boolean isTuple) ->
            b instanceof Value.Items(List<Value> others, boolean otherTuple)
                && isTuple == otherTuple
                && equal(items, others, meter);
        case Value.Dict(Map<Value, Value> entries) ->
            b instanceof Value.Dict(Map<Value, Value> others) && equal(entries, others, meter);
        default -> {
          if (isNumber(a) && isNumber(b)) {
            yield (isInteger(a) && isInteger(b)) ? integer(a) == integer(b) : real(a) == real(b);
          }
          yield a.equals(b);
        }
      };
    } finally {
      meter.leave();
    }
  }

  private static boolean equal(List<Value> a, List<Value> b, Meter meter) {
    boolean same = a.size() == b.size();
    for (int i = 0; same && i < a.size(); i++) {
      same = equal(a.get(i), b.get(i), meter);
    }
    return same;
  }

  private static boolean equal(Map<Value, Value> a, Map<Value, Value> b, Meter meter) {
    if (a.size() != b.size()) {
      return false;
    }
    for (Map.Entry<Value, Value> entry : a.entrySet()) {
      Value other = b.get(entry.getKey());
      if (other == null || !equal(entry.getValue(), other, meter)) {
        return false;
      }
    }
    return true;
  }

  /** Order of numbers, of texts, or of lists. */
  static int compare(Value a, Value b, Meter meter) {
    meter.enter();
    try {
      if (isNumber(a) && isNumber(b)) {
        return (isInteger(a) && isInteger(b))
            ? Long.compare(integer(a), integer(b))
            : Double.compare(real(a), real(b));
      } else if (a instanceof Value.Text left && b instanceof Value.Text right) {
        meter.length(Math.min(left.string().length(), right.string().length()));
        return comparePoints(left.string(), right.string());
      } else if (a instanceof Value.Items(List<Value> left, _)
          && b instanceof Value.Items(List<Value> right, _)) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
          if (!equal(left.get(i), right.get(i), meter)) {
            return compare(left.get(i), right.get(i), meter);
          }
        }
        return Integer.compare(left.size(), right.size());
      }
      throw new TemplateFault("it compares " + a.kind() + " with " + b.kind());
    } finally {
      meter.leave();
    }
  }

  private static int comparePoints(String a, String b) {
    int[] left = a.codePoints().toArray();
    int[] right = b.codePoints().toArray();
    return java.util.Arrays.compare(left, right);
  }

  /** {@code item in container}. */
  static boolean contains(Value container, Value item, Meter meter) {
    return switch (container) {
      case Value.Undefined _ -> false;
      case Value.Text text -> {
        if (!(item instanceof Value.Text part)) {
          throw new TemplateFault("it looks for " + item.kind() + " in a text");
        }
        meter.search(text.string().length(), part.string().length());
        yield text.string().contains(part.string());
      }
      case Value.Items(List<Value> items, _) -> {
        boolean found = false;
        for (int i = 0; !found && i < items.size(); i++) {
          found = equal(items.get(i), item, meter);
        }
        yield found;
      }
      case Value.Dict(Map<Value, Value> entries) -> isKey(item) && entries.containsKey(item);
      default -> throw new TemplateFault("it looks for a value in " + container.kind());
    };
  }

  static Value binary(String operator, Value a, Value b, Meter meter) {
    return switch (operator) {
      case "~" -> Value.text(Printed.text(a, meter).plus(Printed.text(b, meter)));
      case "+" -> plus(a, b, meter);
      case "*" -> times(a, b, meter);
      case "%" ->
          a instanceof Value.Text(ChatText pattern)
              ? Value.text(Format.percent(pattern, b, meter))
              : arithmetic(operator, a, b);
      default -> arithmetic(operator, a, b);
    };
  }

  private static Value plus(Value a, Value b, Meter meter) {
    if (a instanceof Value.Text(ChatText left) && b instanceof Value.Text(ChatText right)) {
      meter.length((long) left.length() + right.length());
      return Value.text(left.plus(right));
    } else if (a instanceof Value.Items(List<Value> left, boolean tuple)
        && b instanceof Value.Items(List<Value> right, boolean other)
        && tuple == other) {
      meter.length(16L * (left.size() + right.size()));
      List<Value> all = new ArrayList<>(left);
      all.addAll(right);
      return new Value.Items(all, tuple);
    }
    return arithmetic("+", a, b);
  }

  private static Value times(Value a, Value b, Meter meter) {
    if (isInteger(a) && !isNumber(b)) {
      return times(b, a, meter);
    } else if (a instanceof Value.Text(ChatText text) && isInteger(b)) {
      return Value.text(Strings.repeat(text, integer(b), meter));
    } else if (a instanceof Value.Items(List<Value> items, boolean tuple) && isInteger(b)) {
      long times = Math.max(0, integer(b));
      boolean tooMany = times > Integer.MAX_VALUE && !items.isEmpty();
      meter.length(tooMany ? Long.MAX_VALUE : 16 * times * items.size());
      List<Value> all = new ArrayList<>();
      for (long i = 0; i < times && !items.isEmpty(); i++) {
        all.addAll(items);
      }
      return new Value.Items(all, tuple);
    }
    return arithmetic("*", a, b);
  }

  private static Value arithmetic(String operator, Value a, Value b) {
    if (!isNumber(a) || !isNumber(b)) {
      throw new TemplateFault("it computes " + a.kind() + " " + operator + " " + b.kind());
    }
    boolean divides = operator.equals("/") || operator.equals("//") || operator.equals("%");
    if (divides && real(b) == 0) {
      throw new TemplateFault("it divides by zero");
    }
    try {
      if (isInteger(a) && isInteger(b) && !operator.equals("/")) {
        return integers(operator, integer(a), integer(b));
      }
    } catch (ArithmeticException e) {
      throw new TemplateFault("it computes an integer of more than 64 bits");
    }
    double x = real(a);
    double y = real(b);
    return new Value.Real(
        switch (operator) {
          case "+" -> x + y;
          case "-" -> x - y;
          case "*" -> x * y;
          case "/" -> x / y;
          case "//" -> Math.floor(x / y);
          case "%" -> x - Math.floor(x / y) * y;
          default -> Math.pow(x, y);
        });
  }

  private static Value integers(String operator, long x, long y) {
    return switch (operator) {
      case "+" -> Value.of(Math.addExact(x, y));
      case "-" -> Value.of(Math.subtractExact(x, y));
      case "*" -> Value.of(Math.multiplyExact(x, y));
      case "//" -> Value.of(Math.floorDivExact(x, y));
      case "%" -> Value.of(Math.floorMod(x, y));
      default -> y < 0 ? new Value.Real(Math.pow((double) x, (double) y)) : Value.of(power(x, y));
    };
  }

  private static long power(long x, long y) {
    long result = 1;
    long factor = x;
    long rest = y;
    while (rest > 0) {
      if ((rest & 1) == 1) {
        result = Math.multiplyExact(result, factor);
      }
      rest >>= 1;
      factor = rest > 0 ? Math.multiplyExact(factor, factor) : factor;
    }
    return result;
  }

  /** Whether a value can be a key of a mapping. */
  static boolean isKey(Value value) {
    return isNumber(value) || value instanceof Value.Text || value instanceof Value.None;
  }

  /** The items of a value that can be iterated. */
  static List<Value> items(Value value, Meter meter) {
    List<Value> items =
        switch (value) {
          case Value.Undefined _ -> List.of();
          case Value.Items(List<Value> list, _) -> list;
          case Value.Dict(Map<Value, Value> entries) -> List.copyOf(entries.keySet());
          case Value.Text(ChatText text) -> characters(text);
          default -> throw new TemplateFault("it iterates over " + value.kind());
        };
    meter.length(items.size());
    return items;
  }

  private static List<Value> characters(ChatText text) {
    List<Value> characters = new ArrayList<>();
    int place = 0;
    while (place < text.length()) {
      int next = place + Character.charCount(text.text().codePointAt(place));
      characters.add(Value.text(text.substring(place, next)));
      place = next;
    }
    return characters;
  }

  /** Number of characters or items. */
  static long length(Value value) {
    return switch (value) {
      case Value.Undefined _ -> 0;
      case Value.Text(ChatText text) -> Strings.length(text);
      case Value.Items(List<Value> items, _) -> items.size();
      case Value.Dict(Map<Value, Value> entries) -> entries.size();
      default -> throw new TemplateFault("it asks for the length of " + value.kind());
    };
  }

  /** Whether two values are the same object of Python: singletons and small values. */
  @SuppressWarnings("ReferenceEquality")
  static boolean isSame(Value a, Value b) {
    return a == b || (isKey(a) && a.equals(b));
  }
}
