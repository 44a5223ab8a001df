package io.tailwalk.tables.scores;

import io.tailwalk.core.Plural;
import io.tailwalk.records.Doubles;
import io.tailwalk.records.JsonRow;
import io.tailwalk.records.TableException;
import io.tailwalk.records.scores.LogProbRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads the numbers of a row strictly, whether they are JSON or text. */
final class ScoreNumbers {
  private static final double EXACT = 0x1p53;

  private ScoreNumbers() {}

  /**
   * The log-probability of a response.
   *
   * @param logProb its sum; at most {@link LogProbRange#TOLERATED}
   * @param tokens number of tokens, or {@link ScoreRow#UNKNOWN}
   * @param tolerated whether a term counts as zero by tolerance
   */
  record Sum(double logProb, long tokens, boolean tolerated) {}

  static Sum sum(JsonRow row, ScoreColumns columns) {
    Optional<String> scalar = columns.logProb().filter(column -> !isList(row, column));
    Optional<String> list =
        columns.logProbs().or(() -> columns.logProb().filter(column -> isList(row, column)));
    long tokens =
        columns.tokens().isPresent() ? count(row, columns.tokens().get()) : ScoreRow.UNKNOWN;
    if (list.isEmpty()) {
      return new Sum(logProb(row, scalar.orElse("log_prob")), tokens, false);
    }
    Sum sum = listed(row, list.get(), tokens);
    if (scalar.isPresent() && row.has(scalar.get())) {
      double given = logProb(row, scalar.get());
      if (!LogProbRange.agree(given, sum.logProb())) {
        throw row.error(
            LogProbRange.contradiction(scalar.get(), given, list.get(), sum.logProb()),
            LogProbRange.AGREE);
      }
    }
    return sum;
  }

  static String entries(String tokens, long given, String list, long entries) {
    return "\"%s\" is %d but \"%s\" has %s"
        .formatted(tokens, given, list, Plural.of(entries, "entry", "entries"));
  }

  private static Sum listed(JsonRow row, String field, long tokens) {
    List<JsonNode> entries = entries(row, field);
    double total = 0;
    boolean tolerated = false;
    for (JsonNode entry : entries) {
      double value = logProb(row, field, entry);
      tolerated |= LogProbRange.isTolerated(value);
      total += Math.min(0, value);
    }
    if (tokens != ScoreRow.UNKNOWN && tokens != entries.size()) {
      throw row.error(entries("tokens", tokens, field, entries.size()), LogProbRange.AGREE);
    }
    return new Sum(total, entries.size(), tolerated);
  }

  private static boolean isList(JsonRow row, String field) {
    JsonNode node = row.object().get(field);
    return node != null && (node.isArray() || isWrittenList(row, node));
  }

  private static boolean isWrittenList(JsonRow row, JsonNode node) {
    return row.dialect() == JsonRow.Dialect.TEXT
        && node.isString()
        && node.stringValue().strip().startsWith("[");
  }

  /** The entries of a list, in JSON or written as text: {@code [-1.2, -3.4]}. */
  private static List<JsonNode> entries(JsonRow row, String field) {
    JsonNode node = required(row, field, "a list of numbers");
    if (node.isArray()) {
      return List.copyOf(node.values());
    }
    String text = node.isString() ? node.stringValue().strip() : "";
    if (!isWrittenList(row, node) || !text.endsWith("]")) {
      throw row.error("the field \"" + field + "\" is not a list", "give a list of numbers");
    }
    String inside = text.substring(1, text.length() - 1).strip();
    List<JsonNode> entries = new ArrayList<>();
    if (!inside.isEmpty()) {
      for (String entry : inside.split(",", -1)) {
        entries.add(JsonNodeFactory.instance.stringNode(entry.strip()));
      }
    }
    return entries;
  }

  /** A log-probability that is at most {@link LogProbRange#TOLERATED}. */
  static double logProb(JsonRow row, String field) {
    return logProb(row, field, required(row, field, "a number"));
  }

  private static double logProb(JsonRow row, String field, JsonNode node) {
    double value = number(row, field, node);
    if (!(value <= LogProbRange.TOLERATED)) {
      throw row.error(LogProbRange.problem(field, value), LogProbRange.fix(value));
    }
    return value;
  }

  private static double number(JsonRow row, String field, JsonNode node) {
    double value;
    if (node.isString()) {
      String text = node.stringValue().strip();
      switch (text.toLowerCase(Locale.ROOT)) {
        case "-inf", "-infinity" -> {
          return Double.NEGATIVE_INFINITY;
        }
        case "nan", "inf", "infinity", "+inf" -> {
          return text.equalsIgnoreCase("nan") ? Double.NaN : Double.POSITIVE_INFINITY;
        }
        default -> value = written(row, field, text);
      }
    } else if (node.isDouble()) {
      // Infinities and NaN of another program; its decimals are kept as such.
      return node.doubleValue();
    } else if (node.isNumber()) {
      value = Doubles.of(node);
    } else {
      throw row.error(
          "the field \"" + field + "\" is " + JsonRow.kind(node), "give a number or \"-inf\"");
    }
    if (Double.isInfinite(value)) {
      throw row.error(
          "the field \"" + field + "\" is too large for a double", "give a finite number");
    }
    return value;
  }

  private static double written(JsonRow row, String field, String text) {
    if (row.dialect() != JsonRow.Dialect.TEXT) {
      throw row.error("the field \"" + field + "\" is a string", "give a number or \"-inf\"");
    }
    double value = decimal(text);
    if (Double.isNaN(value)) {
      throw row.error(
          "\"" + field + "\" is " + TableException.quoted(text), "give a number or -inf");
    }
    return value;
  }

  /** A decimal number; NaN if the text is none. Java's own suffixes and hexadecimals are none. */
  private static double decimal(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
        return Double.NaN;
      }
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }

  /** A number of tokens: whole, 0 or more; as text or a fraction it may be written 5.0. */
  static long count(JsonRow row, String field) {
    JsonNode node = required(row, field, "the response length, 0 or more");
    boolean text = row.dialect() == JsonRow.Dialect.TEXT && node.isString();
    double value = text ? decimal(node.stringValue().strip()) : Double.NaN;
    if (node.isNumber()) {
      value = node.isDouble() ? node.doubleValue() : Doubles.of(node);
    }
    if (!(Math.abs(value) < EXACT) || value != Math.rint(value)) {
      throw row.error(
          node.isString() || node.isNumber()
              ? "\"" + field + "\" is " + shown(node)
              : "the field \"" + field + "\" is " + JsonRow.kind(node),
          "give a whole number");
    }
    if (value < 0) {
      throw row.error(
          "\"" + field + "\" is " + (long) value, "give the response length, 0 or more");
    }
    return (long) value;
  }

  private static String shown(JsonNode node) {
    return node.isString() ? TableException.quoted(node.stringValue()) : node.asString();
  }

  private static JsonNode required(JsonRow row, String field, String wanted) {
    @Nullable JsonNode node = row.object().get(field);
    if (node == null || node.isNull()) {
      throw row.error("\"" + field + "\" is missing", "give " + wanted);
    }
    return node;
  }
}
