package io.tailwalk.chat.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variable {@code loop}. */
final class Loop {
  private final List<Value> items;
  private final Meter meter;
  private @Nullable Value changing;

  Loop(List<Value> items, Meter meter) {
    this.items = items;
    this.meter = meter;
  }

  /** Its fields in one turn. */
  Value at(int turn) {
    int size = items.size();
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("index", Value.of(turn + 1L));
    fields.put("index0", Value.of(turn));
    fields.put("revindex", Value.of((long) size - turn));
    fields.put("revindex0", Value.of(size - turn - 1L));
    fields.put("first", Value.of(turn == 0));
    fields.put("last", Value.of(turn == size - 1));
    fields.put("length", Value.of(size));
    fields.put("depth", Value.of(1));
    fields.put("depth0", Value.of(0));
    fields.put("previtem", turn == 0 ? new Value.Undefined("previtem") : items.get(turn - 1));
    fields.put(
        "nextitem", turn == size - 1 ? new Value.Undefined("nextitem") : items.get(turn + 1));
    fields.put("cycle", function(given -> cycled(given, turn)));
    fields.put("changed", function(this::changed));
    return new Value.Namespace(fields);
  }

  private static Value function(Value.Function function) {
    return function;
  }

  private static Value cycled(Arguments given, int turn) {
    if (given.positional().isEmpty()) {
      throw new TemplateFault("loop.cycle needs values");
    }
    return given.positional().get(turn % given.positional().size());
  }

  private Value changed(Arguments given) {
    Value now = new Value.Items(given.positional(), true);
    Value before = changing;
    changing = now;
    return Value.of(before == null || !Operators.equal(before, now, meter));
  }
}
