package io.tailwalk.records;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One object of a file together with its place, so that every error message can name file, row and
 * field.
 *
 * @param file its file
 * @param number line number, from 1
 * @param object the fields
 */
public record JsonRow(Path file, long number, ObjectNode object) {

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
      return new JsonRow(file, number, child);
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

  private long integer(String field, JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw wrong(field, "a whole number of at most 64 bits", node);
    }
    return node.longValue();
  }

  private double number(String field, JsonNode node) {
    if (node.isNull()) {
      return Double.NaN;
    }
    if (node.isString() && node.stringValue().equals(Doubles.NEGATIVE_INFINITY)) {
      return Double.NEGATIVE_INFINITY;
    }
    if (!node.isNumber()) {
      throw wrong(field, "a number, null (not known) or \"-inf\"", node);
    }
    double value;
    try {
      value = node.doubleValue();
    } catch (JacksonException e) {
      value = Double.NaN;
    }
    if (!Double.isFinite(value)) {
      throw error("the field \"" + field + "\" is too large for a double", "give a finite number");
    }
    return value;
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
