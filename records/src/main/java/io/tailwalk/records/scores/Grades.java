package io.tailwalk.records.scores;

import io.tailwalk.records.JsonRow;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Input;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How fields of graded samples are read. */
final class Grades {
  private Grades() {}

  /** Whether a sample passes: true or false, 0 or 1, as such or as text. */
  static boolean passed(JsonRow row, String field, String remedy) {
    JsonNode node = present(row, field, "give true or false, or 0 or 1");
    return truth(node).orElseThrow(() -> row.error("\"" + field + "\" is " + shown(node), remedy));
  }

  /** A truth value in any of its forms; empty if it is none. */
  static Optional<Boolean> truth(JsonNode node) {
    if (node.isBoolean()) {
      return Optional.of(node.booleanValue());
    }
    String text =
        node.isNumber() || node.isString() ? node.asString().toLowerCase(Locale.ROOT) : "";
    return switch (text) {
      case "true", "1", "1.0" -> Optional.of(true);
      case "false", "0", "0.0" -> Optional.of(false);
      default -> node.isNumber() ? ofNumber(node) : Optional.empty();
    };
  }

  private static Optional<Boolean> ofNumber(JsonNode node) {
    double value = node.doubleValue();
    return value == 0 || value == 1 ? Optional.of(value == 1) : Optional.empty();
  }

  /** A reward: a number; true and false count as 1 and 0. */
  static double reward(JsonRow row, String field) {
    JsonNode node = present(row, field, "grade the sample, or leave out the row");
    String text = node.isString() ? node.stringValue().toLowerCase(Locale.ROOT) : "";
    if (node.isBoolean() || text.equals("true") || text.equals("false")) {
      return truth(node).orElseThrow() ? 1 : 0;
    }
    return row.number(field);
  }

  /** A text that names a task: a string, a number, or a chat, which is written as JSON. */
  static String text(JsonRow row, String field) {
    JsonNode node = present(row, field, "give the prompt");
    return node.isString() ? node.stringValue() : JsonText.line(node);
  }

  /** The final answer, if a field is named for it; null is an answer that could not be found. */
  static Optional<String> answer(JsonRow row, GradedOptions options) {
    return options
        .answer()
        .map(field -> {
          JsonNode node = row.object().get(field);
          if (node == null) {
            throw row.error(
                "there is no field " + TableException.quoted(field),
                "name the field of the answer with --answer-field");
          }
          return node.isString() ? node.stringValue().strip() : JsonText.line(node);
        });
  }

  /** A value for a sentence. */
  static String shown(JsonNode node) {
    return node.isString()
        ? TableException.quoted(node.stringValue())
        : node.isValueNode() ? node.asString() : JsonRow.kind(node);
  }

  /**
   * Number of correct samples whose mean is given.
   *
   * @throws TableException if it is no whole number
   */
  static int correct(JsonRow row, String metric, double mean, int samples) {
    double correct = mean * samples;
    long whole = Math.round(correct);
    if (!(mean >= 0 && mean <= 1) || Math.abs(correct - whole) > 1e-6 * samples) {
      throw row.error(
          "%s is %s of %s, which is no whole number of correct samples"
              .formatted(
                  TableException.quoted(metric),
                  new BigDecimal(mean).stripTrailingZeros().toPlainString().length() > 20
                      ? String.valueOf(mean)
                      : BigDecimal.valueOf(mean).stripTrailingZeros().toPlainString(),
                  samples == 1 ? "1 sample" : samples + " samples"),
          "name a metric that is a share of correct samples with --pass-field");
    }
    return (int) whole;
  }

  /** Refuses an option that this kind of file has no use for. */
  static void refuse(Input input, boolean given, String flag, String why) {
    if (given) {
      throw input.error(why, "leave out " + flag + " for it");
    }
  }

  private static JsonNode present(JsonRow row, String field, String fix) {
    JsonNode node = row.object().get(field);
    if (node == null || node.isNull()) {
      throw row.error("\"" + field + "\" is missing", fix);
    }
    return node;
  }
}
