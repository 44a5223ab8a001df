package io.tailwalk.records;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One object of a file together with its place, so that every error message can name file, row and
 * field.
 *
 * @param file its file
 * @param number line number, from 1
 * @param object the fields
 * @param dialect how its fields were written
 */
public record JsonRow(Path file, long number, ObjectNode object, Dialect dialect) {
  /** How the fields of a row were written. */
  public enum Dialect {
    /** Strict JSON, as this project writes it. */
    STRICT,
    /** JSON of other programs, with NaN and infinities, read by {@link JsonText#parseData}. */
    DATA,
    /** Unparsed text, as in separated values; numbers are read from text. */
    TEXT
  }

  private static final Set<String> NEGATIVE_INFINITY = Set.of("-inf", "-infinity");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

  /** A row of strict JSON. */
  public JsonRow(Path file, long number, ObjectNode object) {
    this(file, number, object, Dialect.STRICT);
  }

  /** A row of another program's JSON. */
  public static JsonRow ofData(Path file, long number, ObjectNode object) {
    return new JsonRow(file, number, object, Dialect.DATA);
  }

  /** A row of unparsed text. */
  public static JsonRow ofText(Path file, long number, ObjectNode object) {
    return new JsonRow(file, number, object, Dialect.TEXT);
  }

  /** Whether the field exists and is not null. */
  public boolean has(String field) {
    return object.hasNonNull(field);
  }

  /**
   * Refuses unknown fields, which are usually misspelt.
   *
   * @param known the valid names of this kind of row
   */
  public void allowOnly(Set<String> known) {
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      if (!known.contains(entry.getKey())) {
        throw error(
            "unknown field " + TableException.quoted(entry.getKey()),
            "known fields are " + String.join(", ", known.stream().sorted().toList()));
      }
    }
  }

  /** A required string. */
  public String string(String field) {
    JsonNode node = required(field, "a string");
    if (!node.isString()) {
      throw wrong(field, "a string", node);
    }
    return node.stringValue();
  }

  /**
   * A required string for a model to read or score; half of a surrogate pair is refused, because no
   * text of a model can hold it.
   */
  public String text(String field) {
    String value = string(field);
    if (JsonText.hasHalfPair(value)) {
      throw error(
          "the field \"" + field + "\" holds half of a surrogate pair, which is not a character",
          "write the character as UTF-8, or as a pair of \\u escapes");
    }
    return value;
  }

  /** Whether a text holds half of a surrogate pair, which {@link #text} refuses. */
  public static boolean hasHalfPair(String text) {
    return JsonText.hasHalfPair(text);
  }

  /** A required name: a non-empty string, or a whole number. */
  public String name(String field) {
    JsonNode node = required(field, "a string or a whole number");
    if (node.isIntegralNumber()) {
      return node.asString();
    }
    if (!node.isString()) {
      throw wrong(field, "a string or a whole number", node);
    }
    if (node.stringValue().isBlank()) {
      throw error("the field \"" + field + "\" is empty", "give it a name");
    }
    return node.stringValue();
  }

  /** A required whole number that fits 64 bits. */
  public long integer(String field) {
    return integer(field, required(field, "a whole number"));
  }

  /** A required whole number from 0 to 2^31 - 1. */
  public int count(String field) {
    long value = integer(field);
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw error("the field \"" + field + "\" is " + value, "give a count of 0 or more");
    }
    return (int) value;
  }

  /** A number; absent, null: NaN. {@code "-inf"} stands for negative infinity. */
  public double number(String field) {
    return has(field) ? number(field, object.get(field)) : Double.NaN;
  }

  /** Numbers of an array as by {@link #number(String)}; absent, null: none. */
  public List<Double> numbers(String field) {
    return list(field, "an array of numbers", node -> number(field, node));
  }

  /** Token ids of an array; absent, null: none. */
  public List<Integer> ids(String field) {
    return list(
        field,
        "an array of token ids",
        node -> {
          long id = integer(field, node);
          if (id < 0 || id > Integer.MAX_VALUE) {
            throw error("the field \"" + field + "\" holds " + id, "token ids are 0 or more");
          }
          return (int) id;
        });
  }

  /** A required object, bound to this row for error messages. */
  public JsonRow child(String field) {
    JsonNode node = required(field, "an object");
    if (node instanceof ObjectNode child) {
      return new JsonRow(file, number, child, dialect);
    }
    throw wrong(field, "an object", node);
  }

  /** The error about this row: the problem and the fix. */
  public TableException error(String problem, String fix) {
    return TableException.at(file, number, problem, fix);
  }

  /**
   * Builds a value from this row and converts its constructor's refusal to an error about the row.
   */
  public <T> T build(Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (IllegalArgumentException e) {
      throw error(String.valueOf(e.getMessage()), "fix this row or remove it");
    }
  }

  /** The type of a JSON value, in words. */
  public static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "an array";
      case OBJECT, POJO -> "an object";
      case STRING, BINARY -> "a string";
      case NUMBER -> node.isIntegralNumber() ? "a whole number" : "a fraction";
      case BOOLEAN -> "true or false";
      case NULL -> "null";
      case MISSING -> "nothing";
    };
  }

  private JsonNode required(String field, String wanted) {
    JsonNode node = object.get(field);
    if (node == null || node.isNull()) {
      throw error("the field \"" + field + "\" is missing", "give it " + wanted);
    }
    return node;
  }

  private TableException wrong(String field, String wanted, JsonNode found) {
    return error("the field \"" + field + "\" is " + kind(found), "give " + wanted);
  }

  private long integer(String field, JsonNode given) {
    JsonNode node = given;
    if (dialect == Dialect.TEXT
        && given.isString()
        && NUMBER.matcher(given.stringValue()).matches()) {
      node = DecimalNode.valueOf(new BigDecimal(given.stringValue()));
    }
    if (dialect != Dialect.STRICT
        && node.isNumber()
        && !node.isIntegralNumber()
        && node.canConvertToExactIntegral()) {
      // Tables write whole numbers as 5.0 where a column has gaps.
      node = BigIntegerNode.valueOf(node.bigIntegerValue());
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw wrong(field, "a whole number of at most 64 bits", node);
    }
    return node.longValue();
  }

  private double number(String field, JsonNode node) {
    if (node.isNull()) {
      return Double.NaN;
    }
    String written = node.isNumber() || node.isString() ? node.asString() : "";
    if (isNegativeInfinity(node, written)) {
      return Double.NEGATIVE_INFINITY;
    }
    if (written.equalsIgnoreCase("nan")) {
      throw error(
          "the field \"" + field + "\" is NaN", "give a number, or leave it out if it is unknown");
    }
    boolean text = dialect == Dialect.TEXT;
    boolean unparsed = text && node.isString() && NUMBER.matcher(written).matches();
    if (!node.isNumber() && !unparsed) {
      throw text && node.isString()
          ? error(
              "the field \"" + field + "\" is " + TableException.quoted(written),
              "give a number, \"-inf\", or nothing if it is unknown")
          : wrong(field, "a number, null (not known) or \"-inf\"", node);
    }
    double value = Double.parseDouble(written);
    if (!Double.isFinite(value)) {
      throw error("the field \"" + field + "\" is too large for a double", "give a finite number");
    }
    return value;
  }

  private boolean isNegativeInfinity(JsonNode node, String written) {
    return dialect == Dialect.STRICT
        ? node.isString() && written.equals(Doubles.NEGATIVE_INFINITY)
        : NEGATIVE_INFINITY.contains(written.toLowerCase(Locale.ROOT));
  }

  private <T> List<T> list(String field, String wanted, Function<JsonNode, T> element) {
    if (!has(field)) {
      return List.of();
    }
    JsonNode node = object.get(field);
    if (!node.isArray()) {
      throw wrong(field, wanted, node);
    }
    List<T> out = new ArrayList<>(node.size());
    node.forEach(child -> out.add(element.apply(child)));
    return List.copyOf(out);
  }
}
