package io.tailwalk.verifiers.spec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An argument of the form {@code FIRST,NAME=VALUE,...}: the main argument of a verifier, and
 * options.
 *
 * @param kind the verifier's kind, for messages
 * @param first the text before the first comma
 * @param values the options in the given order
 */
public record SpecOptions(String kind, String first, Map<String, String> values) {

  /**
   * Reads an argument.
   *
   * @param known the valid names
   * @throws IllegalArgumentException that names an option that is unknown, duplicate or empty
   */
  public static SpecOptions parse(String kind, String argument, Set<String> known) {
    String[] parts = argument.strip().split(",", -1);
    var values = new LinkedHashMap<String, String>();
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      String name = equals < 0 ? parts[i].strip() : parts[i].substring(0, equals).strip();
      String value = equals < 0 ? "" : parts[i].substring(equals + 1).strip();
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            kind
                + ": has no option \""
                + name
                + "\"; valid options are "
                + String.join(", ", sorted(known)));
      }
      if (value.isEmpty() || values.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException(
            kind + ": needs one value for " + name + "; write " + name + "=...");
      }
    }
    return new SpecOptions(kind, parts[0].strip(), values);
  }

  private static Iterable<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }

  /** An option's value, if given. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** An option's value, which must be one of the given values; the first is the default. */
  public String choice(String name, String... choices) {
    String value = get(name).orElse(choices[0]);
    if (!Set.of(choices).contains(value)) {
      throw new IllegalArgumentException(
          kind + ": " + name + "=" + value + " is unknown; use " + String.join(" or ", choices));
    }
    return value;
  }
}
