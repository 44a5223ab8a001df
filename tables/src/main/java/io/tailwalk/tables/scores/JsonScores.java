package io.tailwalk.tables.scores;

import io.tailwalk.core.Plural;
import io.tailwalk.records.JsonRow;
import io.tailwalk.records.scores.LogProbRange;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Log-probability and length of a JSON row. */
final class JsonScores {
  private static final List<String> LISTS = List.of("log_prob", "log_probs", "logprobs");

  private JsonScores() {}

  record Sum(double logProb, long tokens) {}

  static Sum sum(JsonRow row) {
    for (String field : LISTS) {
      JsonNode node = row.object().get(field);
      if (node != null && node.isArray()) {
        double total = 0;
        for (JsonNode entry : node) {
          total += number(row, field, entry);
        }
        long tokens = row.has("tokens") ? row.count("tokens") : node.size();
        if (tokens != node.size()) {
          throw row.error(
              "\"tokens\" is %d but \"%s\" has %s"
                  .formatted(tokens, field, Plural.of(node.size(), "entry", "entries")),
              "make them agree");
        }
        return new Sum(total, tokens);
      }
    }
    return new Sum(number(row, "log_prob"), row.count("tokens"));
  }

  static double number(JsonRow row, String field) {
    JsonNode node = row.object().get(field);
    if (node == null || node.isNull()) {
      throw row.error("the field \"" + field + "\" is missing", "give it a number");
    }
    return number(row, field, node);
  }

  private static double number(JsonRow row, String field, JsonNode node) {
    if (node.isString() && node.stringValue().equals("-inf")) {
      return Double.NEGATIVE_INFINITY;
    }
    if (!node.isNumber()) {
      throw row.error(
          "the field \"" + field + "\" is " + JsonRow.kind(node), "give a number or \"-inf\"");
    }
    return LogProbRange.require(row.file(), row.number(), field, node.doubleValue());
  }
}
