package io.tailwalk.records;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Doubles in JSON, which has neither infinities nor NaN: NaN means "not known" and is written
 * {@code null}; negative infinity (the log of zero) is the string {@code "-inf"}, which Python's
 * {@code float}, R's {@code as.numeric} and DuckDB's cast to DOUBLE all read; positive infinity has
 * no meaning here and is refused.
 */
public final class Doubles {
  /** Negative infinity in JSON. */
  public static final String NEGATIVE_INFINITY = "-inf";

  private Doubles() {}

  /** The number in JSON; infinite if it is larger than any double. */
  public static double of(JsonNode number) {
    try {
      return number.doubleValue();
    } catch (JacksonException e) {
      return number.decimalValue().signum() * Double.POSITIVE_INFINITY;
    }
  }

  /**
   * A double as a JSON value.
   *
   * @param value a number, NaN (not known) or negative infinity
   * @return its JSON
   * @throws IllegalArgumentException on positive infinity
   */
  public static JsonNode json(double value) {
    if (value == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("positive infinity has no JSON form here");
    }
    if (Double.isNaN(value)) {
      return JsonNodeFactory.instance.nullNode();
    }
    return value == Double.NEGATIVE_INFINITY
        ? JsonNodeFactory.instance.stringNode(NEGATIVE_INFINITY)
        : JsonNodeFactory.instance.numberNode(value);
  }
}
