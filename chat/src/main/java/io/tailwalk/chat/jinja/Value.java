package io.tailwalk.chat.jinja;

import io.tailwalk.chat.ChatText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a template, as Python would have it. */
public sealed interface Value {
  /**
   * What a name or field that does not exist evaluates to.
   *
   * @param name the name, for messages
   */
  record Undefined(String name) implements Value {}

  /** Python's {@code None}. */
  record None() implements Value {}

  /** A truth value. */
  record Bool(boolean value) implements Value {}

  /** An integer of 64 bits. */
  record Int(long value) implements Value {}

  /** A floating-point number. */
  record Real(double value) implements Value {}

  /** A text; equal to another with the same characters, whatever their origin. */
  record Text(ChatText text) implements Value {
    String string() {
      return text.text();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Text that && string().equals(that.string());
    }

    @Override
    public int hashCode() {
      return string().hashCode();
    }
  }

  /**
   * A list or tuple.
   *
   * @param isTuple whether it prints as a tuple
   */
  record Items(List<Value> items, boolean isTuple) implements Value {
    /** Keeps an immutable copy. */
    public Items {
      items = List.copyOf(items);
    }
  }

  /** A dictionary, in order of insertion. */
  record Dict(Map<Value, Value> entries) implements Value {
    /** A value by a text key; undefined if there is none. */
    Value get(String key) {
      Value value = entries.get(text(key));
      return value == null ? new Undefined(key) : value;
    }
  }

  /** The one mutable value: the fields of {@code namespace()}. */
  record Namespace(Map<String, Value> fields) implements Value {
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** A function, macro or method. */
  non-sealed interface Function extends Value {
    /** Calls it. */
    Value call(Arguments arguments);
  }

  /** A text of the template's author. */
  static Value text(String text) {
    return new Text(ChatText.ofTemplate(text));
  }

  /** A text. */
  static Value text(ChatText text) {
    return new Text(text);
  }

  /** A text that is content. */
  static Value content(String text) {
    return new Text(ChatText.ofContent(text));
  }

  /** A truth value. */
  static Value of(boolean value) {
    return value ? Constants.TRUE : Constants.FALSE;
  }

  /** An integer. */
  static Value of(long value) {
    return new Int(value);
  }

  /** A list. */
  static Value list(Collection<? extends Value> items) {
    return new Items(new ArrayList<>(items), false);
  }

  /** A dictionary with text keys of the template's author. */
  static Value dict(Map<String, Value> entries) {
    Map<Value, Value> all = new LinkedHashMap<>();
    entries.forEach((key, value) -> all.put(text(key), value));
    return new Dict(all);
  }

  /** The name of the kind in Python's words, for messages. */
  default String kind() {
    return switch (this) {
      case Undefined(String name) -> "undefined ('" + name + "')";
      case None() -> "none";
      case Bool _ -> "a truth value";
      case Int _ -> "an integer";
      case Real _ -> "a number";
      case Text _ -> "a text";
      case Items _ -> "a list";
      case Dict _ -> "a mapping";
      case Namespace _ -> "a namespace";
      case Function _ -> "a function";
    };
  }
}
