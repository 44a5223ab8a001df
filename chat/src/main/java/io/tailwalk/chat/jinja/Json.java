package io.tailwalk.chat.jinja;

import io.tailwalk.chat.ChatText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Values as JSON, as Hugging Face's {@code tojson} writes them: nothing escaped but what JSON
 * requires.
 *
 * @param indent blanks of a level; negative for one line
 * @param item separator of items
 * @param key separator of key and value
 * @param sorted whether keys are sorted
 * @param meter limits
 */
record Json(int indent, String item, String key, boolean sorted, Meter meter) {

  ChatText of(Value value) {
    var out = new ChatText.Builder();
    write(value, 0, out);
    return out.build();
  }

  private void write(Value value, int level, ChatText.Builder out) {
    meter.enter();
    switch (value) {
      case Value.None _ -> out.add("null", false);
      case Value.Bool(boolean flag) -> out.add(Boolean.toString(flag), false);
      case Value.Int(long number) -> out.add(Long.toString(number), false);
      case Value.Real(double number) -> out.add(Printed.real(number), false);
      case Value.Text(ChatText text) -> string(text, out);
      case Value.Items(List<Value> items, _) -> {
        out.add("[", false);
        for (int i = 0; i < items.size(); i++) {
          separate(i == 0, level + 1, out);
          write(items.get(i), level + 1, out);
        }
        close("]", items.isEmpty(), level, out);
      }
      case Value.Dict(Map<Value, Value> entries) -> {
        out.add("{", false);
        boolean first = true;
        for (Map.Entry<Value, Value> entry : ordered(entries)) {
          separate(first, level + 1, out);
          string(Printed.text(entry.getKey(), meter), out);
          out.add(key, false);
          write(entry.getValue(), level + 1, out);
          first = false;
        }
        close("}", entries.isEmpty(), level, out);
      }
      case Value.Undefined _, Value.Namespace _, Value.Function _ ->
          throw new TemplateFault("it writes " + value.kind() + " as JSON");
    }
    meter.length(out.length());
    meter.leave();
  }

  private List<Map.Entry<Value, Value>> ordered(Map<Value, Value> entries) {
    List<Map.Entry<Value, Value>> all = new ArrayList<>(entries.entrySet());
    if (sorted) {
      all.sort(Comparator.comparing(entry -> Printed.text(entry.getKey(), meter).text()));
    }
    return all;
  }

  private void separate(boolean first, int level, ChatText.Builder out) {
    out.add(first ? "" : item, false);
    newline(level, out);
  }

  private void close(String bracket, boolean empty, int level, ChatText.Builder out) {
    if (!empty) {
      newline(level, out);
    }
    out.add(bracket, false);
  }

  private void newline(int level, ChatText.Builder out) {
    if (indent >= 0) {
      out.add("\n" + " ".repeat(indent * level), false);
    }
  }

  private static void string(ChatText text, ChatText.Builder out) {
    out.add("\"", false);
    out.add(Strings.mapPoints(text, (point, _) -> escaped(point)));
    out.add("\"", false);
  }

  private static String escaped(int point) {
    return switch (point) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      default -> point < 0x20 ? "\\u%04x".formatted(point) : Character.toString(point);
    };
  }
}
