package io.tailwalk.chat.jinja;

import io.tailwalk.chat.ChatText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The functions that Hugging Face's libraries define for chat templates. */
final class Globals {
  private static final int MOST_RANGE = 100_000;

  private Globals() {}

  /**
   * The functions by name.
   *
   * @param date what {@code strftime_now} prints; without it that function is undefined
   */
  static Map<String, Value> of(Optional<LocalDate> date, Meter meter) {
    Map<String, Value> globals = new HashMap<>();
    put(globals, "range", given -> range(given, meter));
    put(globals, "namespace", given -> new Value.Namespace(fields(given)));
    put(globals, "dict", given -> Value.dict(fields(given)));
    put(
        globals,
        "raise_exception",
        given -> {
          ChatText reason = Printed.text(given.require(0, "message"), meter);
          throw new RefusedChat(reason.text());
        });
    date.ifPresent(day ->
        put(
            globals,
            "strftime_now",
            given -> {
              String pattern = given.only("format").requireText(0, "format").text();
              return Value.text(Strftime.format(day, pattern));
            }));
    return globals;
  }

  private static void put(Map<String, Value> globals, String name, Value.Function function) {
    globals.put(name, function);
  }

  private static Map<String, Value> fields(Arguments given) {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (Value source : given.positional()) {
      if (!(source instanceof Value.Dict(Map<Value, Value> entries))) {
        throw new TemplateFault("it makes fields from " + source.kind());
      }
      entries.forEach((key, value) -> {
        if (!(key instanceof Value.Text name)) {
          throw new TemplateFault("it makes a field named by " + key.kind());
        }
        fields.put(name.string(), value);
      });
    }
    fields.putAll(given.named());
    return fields;
  }

  private static Value range(Arguments given, Meter meter) {
    boolean one = given.positional().size() == 1;
    long from = one ? 0 : given.integer(0, "start", 0);
    long to = given.integer(one ? 0 : 1, "stop", 0);
    long step = given.integer(2, "step", 1);
    if (step == 0) {
      throw new TemplateFault("it has a range with step 0");
    }
    List<Value> numbers = new ArrayList<>();
    for (long i = from; step > 0 ? i < to : i > to; i = Math.addExact(i, step)) {
      if (numbers.size() == MOST_RANGE) {
        throw new TemplateFault("it has a range of more than " + MOST_RANGE + " numbers");
      }
      numbers.add(Value.of(i));
    }
    meter.length(numbers.size());
    return Value.list(numbers);
  }
}
