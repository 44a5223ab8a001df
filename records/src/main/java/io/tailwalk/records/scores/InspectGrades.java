package io.tailwalk.records.scores;

import io.tailwalk.records.JsonRow;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.ColumnMap;
import io.tailwalk.records.input.Field;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A log of Inspect as JSON: {@code samples}, each with an {@code id}, an {@code epoch} and {@code
 * scores} by scorer. Epochs are samples of one task. C is 1, P one half, I and N are 0, as in
 * Inspect's own metrics.
 */
final class InspectGrades implements Consumer<JsonRow> {
  private final GradedOptions options;
  private final GradeCollector samples;

  InspectGrades(GradedOptions options, GradeCollector samples) {
    this.options = options;
    this.samples = samples;
    samples.foreign();
  }

  @Override
  public void accept(JsonRow row) {
    if (!row.object().has("eval")) {
      sample(row, row.object());
      return;
    }
    JsonNode all = row.object().path("samples");
    if (!all.isArray() || all.isEmpty()) {
      throw row.error(
          "the log has no samples",
          "write the log with its samples (inspect log convert --to json)");
    }
    for (JsonNode sample : all) {
      if (!(sample instanceof ObjectNode object)) {
        throw row.error("a sample is " + JsonRow.kind(sample), "give the log that Inspect wrote");
      }
      sample(row, object);
    }
  }

  private void sample(JsonRow log, ObjectNode sample) {
    JsonRow row = JsonRow.ofData(log.file(), log.number(), sample);
    String id = row.name(options.chosen(Field.TASK).orElse("id"));
    String place =
        "sample %s, epoch %s"
            .formatted(TableException.quoted(id), sample.path("epoch").asString("1"));
    JsonNode scores = sample.path("scores");
    if (!scores.isObject() || scores.isEmpty()) {
      throw row.error(
          place + " has no scores" + (sample.hasNonNull("error") ? ", but an error" : ""),
          "score every sample, or remove those that count as not drawn");
    }
    String scorer = scorer(row, scores);
    JsonNode score = scores.path(scorer);
    if (score.isMissingNode()) {
      throw row.error(
          place + " has no score by " + TableException.quoted(scorer),
          "its scorers are " + ColumnMap.names(scores.propertyNames()));
    }
    double reward = value(row, place, scorer, score.path("value"));
    samples.rewarded(id, reward, Double.NaN, true, answer(row, score));
  }

  private String scorer(JsonRow row, JsonNode scores) {
    Optional<String> chosen = options.chosen(Field.PASS).or(() -> options.chosen(Field.REWARD));
    if (chosen.isEmpty() && scores.size() > 1) {
      throw row.error(
          "it has scores of several scorers: " + ColumnMap.names(scores.propertyNames()),
          "name one with --pass-field");
    }
    return chosen.orElseGet(() -> scores.propertyNames().iterator().next());
  }

  private static double value(JsonRow row, String place, String scorer, JsonNode value) {
    Optional<Boolean> truth = Grades.truth(value);
    if (truth.isPresent()) {
      return truth.get() ? 1 : 0;
    }
    String text = value.asString("");
    if (value.isNumber() && Double.isFinite(value.doubleValue())) {
      return value.doubleValue();
    }
    if (value.isString()) {
      switch (text) {
        case "C" -> {
          return 1;
        }
        case "P" -> {
          return 0.5;
        }
        case "I", "N" -> {
          return 0;
        }
        default -> {
          String lower = text.toLowerCase(Locale.ROOT);
          if (lower.equals("yes") || lower.equals("no")) {
            return lower.equals("yes") ? 1 : 0;
          }
        }
      }
    }
    throw row.error(
        "%s: the value of %s is %s"
            .formatted(place, TableException.quoted(scorer), Grades.shown(value)),
        "give C, I, P, N, true or false, or a number");
  }

  /** The answer that the scorer found, or a named field of its score. */
  private Optional<String> answer(JsonRow row, JsonNode score) {
    if (options.answer().isPresent() && score instanceof ObjectNode object) {
      return Grades.answer(JsonRow.ofData(row.file(), row.number(), object), options);
    }
    JsonNode answer = score.path("answer");
    return answer.isString() ? Optional.of(answer.stringValue().strip()) : Optional.empty();
  }
}
