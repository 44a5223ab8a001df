package io.tailwalk.sampling;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Parameters of a sampler as text; every name must be read, so that none is silently ignored. */
final class Parameters {
  private final String sampler;
  private final Map<String, String> given;
  private final Set<String> known = new HashSet<>();

  Parameters(String sampler, Map<String, String> given) {
    this.sampler = sampler;
    this.given = Map.copyOf(given);
  }

  int integer(String name, int byDefault) {
    known.add(name);
    String text = given.get(name);
    if (text == null) {
      return byDefault;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      String wanted =
          text.matches("[-+]?\\d+")
              ? "a whole number up to " + Integer.MAX_VALUE
              : "a whole number";
      throw bad(name, text, wanted, e);
    }
  }

  double number(String name, double byDefault) {
    known.add(name);
    String text = given.get(name);
    if (text == null) {
      return byDefault;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw bad(name, text, "a number", e);
    }
  }

  /** A whole number with an optional upper limit. */
  int limit(String name) {
    return integer(name, Integer.MAX_VALUE);
  }

  /** True or false. */
  boolean flag(String name, boolean byDefault) {
    return choice(name, byDefault, Map.of("true", true, "false", false));
  }

  /** One of several values, by name. */
  <T> T choice(String name, T byDefault, Map<String, T> values) {
    known.add(name);
    String text = given.get(name);
    if (text == null) {
      return byDefault;
    }
    T value = values.get(text);
    if (value == null) {
      String wanted = "one of " + String.join(", ", new TreeSet<>(values.keySet()));
      throw bad(name, text, wanted, new IllegalArgumentException(text));
    }
    return value;
  }

  private IllegalArgumentException bad(String name, String text, String wanted, Exception cause) {
    return new IllegalArgumentException(
        "parameter " + name + " of " + sampler + " must be " + wanted + ", got '" + text + "'",
        cause);
  }

  void refuseUnused() {
    Set<String> unknown = new TreeSet<>(given.keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          sampler
              + " has no parameter '"
              + unknown.iterator().next()
              + "'; its parameters are "
              + String.join(", ", new TreeSet<>(known)));
    }
  }
}
