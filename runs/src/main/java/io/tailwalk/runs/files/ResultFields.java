package io.tailwalk.runs.files;

import io.tailwalk.core.interval.EndKind;
import io.tailwalk.records.Doubles;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Input;
import io.tailwalk.report.NumberStyle;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Strict access to the fields of a result, with errors that name the file and the field.
 *
 * @param input the file of the result
 * @param study the command that the result is of
 * @param node the object
 */
record ResultFields(Input input, String study, JsonNode node) {
  private static final String FIX = "give the JSON as this version of tailwalk writes it";

  private TableException error(String problem) {
    return input.error("results of '" + study + "' in which " + problem, FIX);
  }

  boolean has(String field) {
    return node.hasNonNull(field);
  }

  /** A number that the result may leave out; NaN if it does, or if it is null. */
  double optional(String field) {
    return has(field) ? number(field) : Double.NaN;
  }

  /** A number; NaN for null. */
  double number(String field) {
    return number(node.path(field), field);
  }

  /** The numbers of a list. */
  List<Double> numbers(String field) {
    return elements(field).stream().map(each -> number(each, field)).toList();
  }

  private double number(JsonNode value, String field) {
    if (value.isNull()) {
      return Double.NaN;
    }
    if (value.isNumber()) {
      return Doubles.of(value);
    }
    if (value.isString()) {
      switch (value.stringValue()) {
        case "inf" -> {
          return Double.POSITIVE_INFINITY;
        }
        case "-inf" -> {
          return Double.NEGATIVE_INFINITY;
        }
        default -> {} // no number, as below
      }
    }
    throw error(TableException.quoted(field) + " is no number");
  }

  String text(String field) {
    JsonNode value = node.path(field);
    if (!value.isString()) {
      throw error(TableException.quoted(field) + " is no text");
    }
    return value.stringValue();
  }

  /** The texts of a list. */
  List<String> texts(String field) {
    return IntStream.range(0, elements(field).size())
        .mapToObj(i -> {
          JsonNode value = node.path(field).path(i);
          if (!value.isString()) {
            throw error(TableException.quoted(field) + " holds something other than text");
          }
          return value.stringValue();
        })
        .toList();
  }

  double flag(String field) {
    if (!node.path(field).isBoolean()) {
      throw error(TableException.quoted(field) + " is neither true nor false");
    }
    return node.path(field).booleanValue() ? 1 : 0;
  }

  ResultFields child(String field) {
    if (!node.path(field).isObject()) {
      throw error(TableException.quoted(field) + " is no object");
    }
    return new ResultFields(input, study, node.path(field));
  }

  /** The objects of a list; empty if there is no such list. */
  List<ResultFields> optionalObjects(String field) {
    return has(field) ? objects(field) : List.of();
  }

  /** The objects of a list. */
  List<ResultFields> objects(String field) {
    return elements(field).stream().map(each -> new ResultFields(input, study, each)).toList();
  }

  /** The rows of a matrix of numbers. */
  List<List<Double>> matrix(String field) {
    return elements(field).stream()
        .map(row ->
            StreamSupport.stream(row.spliterator(), false)
                .map(value -> number(value, field))
                .toList())
        .toList();
  }

  private List<JsonNode> elements(String field) {
    if (!node.path(field).isArray()) {
      throw error(TableException.quoted(field) + " is no list");
    }
    return StreamSupport.stream(node.path(field).spliterator(), false).toList();
  }

  /** The numbers of a list that has one for each of some things; NaN if there is no list. */
  List<Double> each(String field, int size) {
    List<Double> values = has(field) ? numbers(field) : List.of();
    if (values.isEmpty()) {
      return IntStream.range(0, size).mapToObj(_ -> Double.NaN).toList();
    }
    if (values.size() != size) {
      throw error(TableException.quoted(field) + " has not one number for each model");
    }
    return values;
  }

  /** Refuses a list that has not one element for each of some things. */
  void sameSize(String field, int size) {
    if (elements(field).size() != size) {
      throw error(TableException.quoted(field) + " has not one element for each model");
    }
  }

  /** A value with the interval in the fields with a prefix. */
  ResultFigure figure(String field, String prefix, NumberStyle style) {
    double low = number(prefix + "low");
    double high = number(prefix + "high");
    if (!(low <= high)) {
      throw error("the ends of " + TableException.quoted(field) + " are no interval");
    }
    return new ResultFigure(
        number(field), low, high, kind(prefix + "low_kind"), kind(prefix + "high_kind"), style);
  }

  private EndKind kind(String field) {
    String name = text(field);
    return Arrays.stream(EndKind.values())
        .filter(kind -> kind.wireName().equals(name))
        .findFirst()
        .orElseThrow(() -> error(TableException.quoted(field) + " is an unknown kind of end"));
  }
}
