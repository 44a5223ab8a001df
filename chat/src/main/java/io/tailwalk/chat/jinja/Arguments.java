package io.tailwalk.chat.jinja;

import io.tailwalk.chat.ChatText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Arguments of a call.
 *
 * @param function name of what is called, for messages
 * @param positional arguments by place
 * @param named arguments by name
 */
record Arguments(String function, List<Value> positional, Map<String, Value> named) {
  Arguments {
    positional = List.copyOf(positional);
    named = new LinkedHashMap<>(named);
  }

  /** An argument that can be given by place or by name. */
  Optional<Value> get(int place, String name) {
    if (place >= 0 && place < positional.size()) {
      return Optional.of(positional.get(place));
    }
    return Optional.ofNullable(named.get(name));
  }

  Value require(int place, String name) {
    return get(place, name)
        .orElseThrow(() -> new TemplateFault(function + " needs the argument " + name));
  }

  /** A text argument, empty if it is missing or none. */
  Optional<ChatText> text(int place, String name) {
    return get(place, name)
        .filter(value -> !(value instanceof Value.None))
        .map(value -> {
          if (value instanceof Value.Text(ChatText text)) {
            return text;
          }
          throw new TemplateFault(function + " needs a text as " + name + ", got " + value.kind());
        });
  }

  ChatText requireText(int place, String name) {
    return text(place, name)
        .orElseThrow(() -> new TemplateFault(function + " needs the text " + name));
  }

  /** An integer argument. */
  long integer(int place, String name, long otherwise) {
    return get(place, name)
        .map(value ->
            switch (value) {
              case Value.Int(long number) -> number;
              case Value.Bool(boolean flag) -> flag ? 1L : 0L;
              default ->
                  throw new TemplateFault(
                      function + " needs an integer as " + name + ", got " + value.kind());
            })
        .orElse(otherwise);
  }

  /** A truth argument. */
  boolean flag(int place, String name) {
    return get(place, name).filter(Operators::isTrue).isPresent();
  }

  /** Refuses more arguments than a function has, or names that it does not know. */
  Arguments only(String... names) {
    if (positional.size() > names.length) {
      throw new TemplateFault(
          function + " accepts at most " + names.length + " arguments, got " + positional.size());
    }
    for (String name : named.keySet()) {
      if (!List.of(names).contains(name)) {
        throw new TemplateFault(function + " has no argument '" + name + "'");
      }
    }
    return this;
  }

  /** The arguments behind the first. */
  Arguments rest(String name) {
    return new Arguments(name, positional.subList(1, positional.size()), named);
  }
}
