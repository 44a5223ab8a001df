package io.tailwalk.verifiers.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeType;

/** JSON values as JSON Schema compares them: numbers by value, objects without order. */
final class JsonValues {
  /** Deeper texts are rejected. */
  static final int MAX_DEPTH = 2000;

  /** Numbers with more characters are rejected. */
  static final int MAX_NUMBER = 1000;

  /** Makes the parsers of {@link JsonTree}, which refuse duplicate keys. */
  static final JsonMapper READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private JsonValues() {}

  /** The type's name in schemas; every integer is also a number. */
  static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case STRING -> "string";
      case NUMBER -> "number";
      case BOOLEAN -> "boolean";
      default -> "null";
    };
  }

  static boolean equal(JsonNode a, JsonNode b) {
    if (!type(a).equals(type(b))) {
      return false;
    }
    return switch (a.getNodeType()) {
      case NUMBER -> Decimals.exact(a).equals(Decimals.exact(b));
      case STRING -> a.asString().equals(b.asString());
      case ARRAY -> {
        boolean same = a.size() == b.size();
        for (int i = 0; same && i < a.size(); i++) {
          same = equal(a.get(i), b.get(i));
        }
        yield same;
      }
      case OBJECT -> {
        boolean same = a.size() == b.size();
        for (Map.Entry<String, JsonNode> entry : a.properties()) {
          JsonNode other = same ? b.get(entry.getKey()) : null;
          same = other != null && equal(entry.getValue(), other);
        }
        yield same;
      }
      default -> a.equals(b);
    };
  }

  /** A value with {@code equals} and {@code hashCode} as {@link #equal} compares. */
  static Object key(JsonNode value) {
    return switch (value.getNodeType()) {
      case NUMBER -> Decimals.exact(value);
      case STRING -> value.asString();
      case BOOLEAN -> value.booleanValue();
      case ARRAY -> Subschema.stream(value).map(JsonValues::key).toList();
      case OBJECT -> {
        var members = new HashMap<String, Object>();
        value.properties().forEach(entry -> members.put(entry.getKey(), key(entry.getValue())));
        yield members;
      }
      default -> JsonNodeType.NULL;
    };
  }

  static boolean isInteger(BigDecimal value) {
    return value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
  }

  /** Whether a number is an integer times another, exactly and for any exponents. */
  static boolean isMultiple(BigDecimal value, BigDecimal of) {
    if (value.signum() == 0) {
      return true;
    }
    BigDecimal v = value.stripTrailingZeros();
    BigDecimal m = of.stripTrailingZeros();
    BigInteger unit = m.unscaledValue().abs();
    long shift = (long) m.scale() - v.scale();
    if (shift < 0) {
      // The value has a finer last digit than any multiple unless the divisor's digits cancel it.
      if (-shift > v.precision() + 1L) {
        return false;
      }
      return v.unscaledValue().mod(unit.multiply(BigInteger.TEN.pow((int) -shift))).signum() == 0;
    }
    BigInteger power = BigInteger.TEN.modPow(BigInteger.valueOf(shift), unit);
    return v.unscaledValue().multiply(power).mod(unit).signum() == 0;
  }
}
