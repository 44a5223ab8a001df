package io.tailwalk.chat.jinja;

import io.tailwalk.chat.ChatText;
import java.util.List;

/** Python's two kinds of formatted texts, without widths and precisions. */
final class Format {
  private Format() {}

  /** {@code pattern % values}, with {@code %s}, {@code %d}, {@code %r} and {@code %%}. */
  static ChatText percent(ChatText pattern, Value values, Meter meter) {
    List<Value> given =
        values instanceof Value.Items(List<Value> items, boolean isTuple) && isTuple
            ? items
            : List.of(values);
    var out = new ChatText.Builder();
    int used = 0;
    int from = 0;
    int at = pattern.text().indexOf('%');
    while (at >= 0) {
      out.add(pattern.substring(from, at));
      char kind = at + 1 < pattern.length() ? pattern.text().charAt(at + 1) : ' ';
      if (kind == '%') {
        out.add("%", pattern.isContent(at));
      } else if (used >= given.size()) {
        throw new TemplateFault("it formats a text with too few values");
      } else {
        out.add(one(kind, given.get(used++), meter));
      }
      from = at + 2;
      at = from > pattern.length() ? -1 : pattern.text().indexOf('%', from);
    }
    if (used < given.size() && !(values instanceof Value.Dict)) {
      throw new TemplateFault("it formats a text with too many values");
    }
    return out.add(pattern.substring(Math.min(from, pattern.length()), pattern.length())).build();
  }

  private static ChatText one(char kind, Value value, Meter meter) {
    return switch (kind) {
      case 's' -> Printed.text(value, meter);
      case 'r' -> Printed.repr(value, meter);
      case 'd' -> Printed.text(Value.of(Operators.integer(value)), meter);
      default -> throw new TemplateFault("it formats with %" + kind + ", unknown here");
    };
  }

  /** {@code pattern.format(...)}, with {@code {}}, places and names. */
  static ChatText braces(ChatText pattern, Arguments arguments, Meter meter) {
    String text = pattern.text();
    var out = new ChatText.Builder();
    int next = 0;
    int place = 0;
    while (place < text.length()) {
      char c = text.charAt(place);
      boolean doubled = text.startsWith(c + "" + c, place);
      if ((c == '{' || c == '}') && doubled) {
        out.add(String.valueOf(c), pattern.isContent(place));
        place += 2;
      } else if (c == '{') {
        int end = text.indexOf('}', place);
        if (end < 0) {
          throw new TemplateFault("it formats a text with an open brace");
        }
        String field = text.substring(place + 1, end);
        boolean number = field.matches("\\d{0,4}");
        int wanted = !number ? -1 : field.isEmpty() ? next++ : Integer.parseInt(field);
        out.add(Printed.text(arguments.require(wanted, field), meter));
        place = end + 1;
      } else {
        out.add(String.valueOf(c), pattern.isContent(place));
        place++;
      }
    }
    return out.build();
  }
}
