package io.tailwalk.sampling;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Parameters of a sampler as the user wrote them; each name must be asked for, so that none is
 * silently ignored.
 */
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
      throw bad(name, text, "a whole number", e);
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
              + "'; it takes "
              + String.join(", ", new TreeSet<>(known)));
    }
  }
}
