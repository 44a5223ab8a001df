package io.tailwalk.console.flags;

import io.tailwalk.runs.work.InputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parser for flags of the form {@code NAME=VALUE}. */
public final class Pairs {
  private Pairs() {}

  /**
   * The values by name.
   *
   * @param flag the name of the flag, for error messages
   * @param form the form of a value, for error messages
   * @throws InputException if a value has another form, or a name occurs twice
   */
  public static Map<String, String> of(String flag, String form, List<String> given) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : given) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new InputException(flag + " accepts " + form + ", got '" + pair + "'");
      }
      String name = pair.substring(0, equals);
      if (values.put(name, pair.substring(equals + 1)) != null) {
        throw new InputException(flag + " names " + name + " twice; name it once");
      }
    }
    return values;
  }
}
