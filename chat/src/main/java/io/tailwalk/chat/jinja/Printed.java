package io.tailwalk.chat.jinja;

import io.tailwalk.chat.ChatText;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Values as text: Python's {@code str} and {@code repr}. */
final class Printed {
  private Printed() {}

  /** What a value prints as. */
  static ChatText text(Value value, Meter meter) {
    if (value instanceof Value.Text(ChatText text)) {
      return text;
    }
    var out = new ChatText.Builder();
    write(value, out, meter);
    return out.build();
  }

  /** A value as Python's {@code repr} shows it. */
  static ChatText repr(Value value, Meter meter) {
    var out = new ChatText.Builder();
    write(value, out, meter);
    return out.build();
  }

  private static void write(Value value, ChatText.Builder out, Meter meter) {
    meter.enter();
    meter.length(out.length());
    switch (value) {
      case Value.Undefined _ -> {}
      case Value.None _ -> out.add("None", false);
      case Value.Bool(boolean flag) -> out.add(flag ? "True" : "False", false);
      case Value.Int(long number) -> out.add(Long.toString(number), false);
      case Value.Real(double number) -> out.add(real(number), false);
      case Value.Text(ChatText text) -> quoted(text, out);
      case Value.Items(List<Value> items, boolean isTuple) -> {
        out.add(isTuple ? "(" : "[", false);
        for (int i = 0; i < items.size(); i++) {
          out.add(i == 0 ? "" : ", ", false);
          write(items.get(i), out, meter);
        }
        out.add(isTuple ? (items.size() == 1 ? ",)" : ")") : "]", false);
      }
      case Value.Dict(Map<Value, Value> entries) -> {
        out.add("{", false);
        boolean first = true;
        for (Map.Entry<Value, Value> entry : entries.entrySet()) {
          out.add(first ? "" : ", ", false);
          write(entry.getKey(), out, meter);
          out.add(": ", false);
          write(entry.getValue(), out, meter);
          first = false;
        }
        out.add("}", false);
      }
      case Value.Namespace _, Value.Function _ ->
          throw new TemplateFault("it prints " + value.kind());
    }
    meter.leave();
  }

  private static void quoted(ChatText text, ChatText.Builder out) {
    boolean isDouble = text.text().indexOf('\'') >= 0 && text.text().indexOf('"') < 0;
    String quote = isDouble ? "\"" : "'";
    out.add(quote, false);
    out.add(Strings.mapPoints(text, (point, _) -> escaped(point, quote)));
    out.add(quote, false);
  }

  private static String escaped(int point, String quote) {
    String character = Character.toString(point);
    return switch (point) {
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> {
        if (character.equals(quote)) {
          yield "\\" + character;
        }
        yield isPrintable(point) ? character : hexadecimal(point);
      }
    };
  }

  private static boolean isPrintable(int point) {
    return point == ' '
        || switch (Character.getType(point)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SPACE_SEPARATOR ->
              false;
          default -> true;
        };
  }

  private static String hexadecimal(int point) {
    String form = point < 0x100 ? "\\x%02x" : point < 0x10000 ? "\\u%04x" : "\\U%08x";
    return form.formatted(point);
  }

  /** A floating-point number as Python prints it. */
  static String real(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    } else if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    } else if (number == 0) {
      return 1 / number < 0 ? "-0.0" : "0.0";
    }
    BigDecimal digits = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = digits.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String mantissa = digits.movePointLeft(exponent).stripTrailingZeros().toPlainString();
    return mantissa
        + "e"
        + (exponent < 0 ? "-" : "+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }
}
