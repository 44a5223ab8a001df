package io.tailwalk.lab;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/**
 * Writes NaN and infinities as texts, {@code "NaN"} and {@code "-Infinity"}: the form of the
 * published figures of some experiments.
 */
public final class PlainDouble extends ValueSerializer<Double> {
  @Override
  public void serialize(Double value, JsonGenerator out, SerializationContext context) {
    out.writeNumber(value);
  }
}
