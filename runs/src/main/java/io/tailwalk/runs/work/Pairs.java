package io.tailwalk.runs.work;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parser for values of the form {@code NAME=VALUE}. */
public final class Pairs {
  private Pairs() {}

  /**
   * The values by name.
   *
   * @param owner the flag or object that the values belong to, for error messages
   * @param form the form of a value, for error messages
   * @throws InputException if a value has another form, or a name occurs twice
   */
  public static Map<String, String> of(String owner, String form, List<String> given) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : given) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new InputException(owner + " accepts " + form + ", got '" + pair + "'");
      }
      String name = pair.substring(0, equals);
      if (values.put(name, pair.substring(equals + 1)) != null) {
        throw new InputException(owner + " names " + name + " twice; name it once");
      }
    }
    return values;
  }
}
