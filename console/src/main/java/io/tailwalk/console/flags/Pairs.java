package io.tailwalk.console.flags;

import io.tailwalk.runs.work.InputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What flags of the form {@code NAME=VALUE} give. */
public final class Pairs {
  private Pairs() {}

  /**
   * The values by name.
   *
   * @param flag its name, for complaints
   * @param form what one looks like, for complaints
   * @throws InputException if one is of another form, or a name comes twice
   */
  public static Map<String, String> of(String flag, String form, List<String> given) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : given) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new InputException(flag + " takes " + form + ", got '" + pair + "'");
      }
      String name = pair.substring(0, equals);
      if (values.put(name, pair.substring(equals + 1)) != null) {
        throw new InputException(flag + " gives " + name + " twice; give it once");
      }
    }
    return values;
  }
}
