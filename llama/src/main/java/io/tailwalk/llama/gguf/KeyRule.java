package io.tailwalk.llama.gguf;

import java.util.List;
import java.util.Optional;

/**
 * What the value of a key must be.
 *
 * @param type its type
 * @param low smallest number
 * @param high largest number
 * @param words the texts that are accepted; empty for all
 */
record KeyRule(Type type, double low, double high, List<String> words) {
  /** Type of a value. */
  enum Type {
    WHOLE("a whole number"),
    LAYERS("a whole number or an array of whole numbers, one for each layer"),
    ARRAY("an array of whole numbers"),
    NUMBER("a number"),
    FLAG("true or false"),
    TEXT("a text");

    private final String noun;

    Type(String noun) {
      this.noun = noun;
    }
  }

  private static final int UINT32 = 4;
  private static final int INT32 = 5;

  KeyRule {
    words = List.copyOf(words);
  }

  /** What is wrong with a value, as the end of a sentence; empty for nothing. */
  Optional<String> fault(Object value) {
    return switch (type) {
      case WHOLE -> value instanceof Long number ? range(number) : mismatch();
      case LAYERS -> value instanceof Long number ? range(number) : array(value);
      case ARRAY -> array(value);
      case NUMBER -> value instanceof Double number ? range(number) : mismatch();
      case FLAG -> value instanceof Boolean ? Optional.empty() : mismatch();
      case TEXT -> value instanceof String text ? word(text) : mismatch();
    };
  }

  private Optional<String> array(Object value) {
    if (!(value instanceof GgufArray array)
        || (array.elementType() != UINT32 && array.elementType() != INT32)
        || array.values().size() != array.length()) {
      return mismatch();
    }
    return array.values().stream().map(this::range).flatMap(Optional::stream).findFirst();
  }

  /** NaN is outside every range. */
  private Optional<String> range(Number number) {
    double value = number.doubleValue();
    return value >= low && value <= high
        ? Optional.empty()
        : Optional.of("is %s, not %s".formatted(number, wanted(number instanceof Long)));
  }

  private String wanted(boolean whole) {
    return high < 1
        ? "a small positive number"
        : "a %s between %s and %s"
            .formatted(whole ? "whole number" : "number", printed(low), printed(high));
  }

  private static String printed(double end) {
    return end == Math.rint(end) && end < 1e10 ? Long.toString((long) end) : Double.toString(end);
  }

  private Optional<String> word(String text) {
    return words.isEmpty() || words.contains(text)
        ? Optional.empty()
        : Optional.of("is \"" + text + "\", not one of " + String.join(", ", words));
  }

  private Optional<String> mismatch() {
    return Optional.of("is not " + type.noun);
  }
}
