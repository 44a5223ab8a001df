package io.tailwalk.chat.jinja;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Variables of a loop, macro or block, inside of those around it. */
final class Scope {
  private final @Nullable Scope outer;
  private final Map<String, Value> variables = new HashMap<>();

  Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  Value get(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Value found = scope.variables.get(name);
      if (found != null) {
        return found;
      }
    }
    return new Value.Undefined(name);
  }

  void set(String name, Value value) {
    variables.put(name, value);
  }
}
