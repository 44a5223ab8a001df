package io.tailwalk.records.scores;

import io.tailwalk.records.JsonRow;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Results of EvalPlus: {@code eval} maps a task to its samples, each with the status of the base
 * tests and of the additional ones. A sample passes plus if it passes both. In the older form a
 * task has the lists {@code base} and {@code plus} of {@code [status, details]}.
 */
final class EvalPlusGrades implements Consumer<JsonRow> {
  private static final String BASE = "base_status";
  private static final String PLUS = "plus_status";

  private final GradedOptions options;
  private final GradeCollector samples;
  private int plusKnown;

  EvalPlusGrades(GradedOptions options, GradeCollector samples) {
    this.options = options;
    this.samples = samples;
    samples.foreign();
  }

  @Override
  public void accept(JsonRow row) {
    String only = options.chosen(Field.PASS).orElse("");
    if (!only.isEmpty() && !only.equals(BASE) && !only.equals(PLUS)) {
      throw row.error(
          "EvalPlus results have no status " + TableException.quoted(only),
          "name " + BASE + " or " + PLUS + " with --pass-field");
    }
    refuse(row, options.chosen(Field.REWARD).isPresent(), "--reward-field");
    refuse(row, options.threshold().isPresent(), "--threshold");
    refuse(row, options.chosen(Field.TASK).isPresent(), "--task-field");
    refuse(row, options.answer().isPresent(), "--answer-field");
    for (Map.Entry<String, JsonNode> task : row.object().get("eval").properties()) {
      JsonNode results = task.getValue();
      if (results.isArray()) {
        int i = 0;
        for (JsonNode sample : results) {
          i++;
          add(row, task.getKey(), i, sample.path(BASE), sample.path(PLUS), only);
        }
      } else {
        older(row, task.getKey(), results, only);
      }
    }
  }

  private static void refuse(JsonRow row, boolean given, String flag) {
    if (given) {
      throw row.error("EvalPlus results have no use for " + flag, "leave it out");
    }
  }

  private void older(JsonRow row, String task, JsonNode results, String only) {
    JsonNode base = results.path("base");
    JsonNode plus = results.path("plus");
    if (!base.isArray() || !(plus.isEmpty() || plus.size() == base.size())) {
      throw row.error(
          "task %s has no list \"base\", or lists of different lengths"
              .formatted(TableException.quoted(task)),
          "give the file that EvalPlus wrote");
    }
    for (int i = 0; i < base.size(); i++) {
      add(row, task, i + 1, base.path(i).path(0), plus.path(i).path(0), only);
    }
  }

  private void add(
      JsonRow row, String task, int sample, JsonNode base, JsonNode plus, String only) {
    boolean hasPlus = !plus.isMissingNode() && !plus.isNull();
    plusKnown = plusKnown == 0 ? (hasPlus ? 1 : -1) : plusKnown;
    if (hasPlus != (plusKnown > 0) || (only.equals(PLUS) && !hasPlus)) {
      throw row.error(
          place(task, sample) + " has no status of the plus tests",
          "evaluate all samples with them, or name base_status with --pass-field");
    }
    boolean passes = passes(row, task, sample, BASE, base);
    List<String> variants = new ArrayList<>();
    if (hasPlus && only.isEmpty()) {
      variants.add("base");
      variants.add("plus");
    } else {
      variants.add("");
    }
    boolean passesPlus = hasPlus && passes(row, task, sample, PLUS, plus);
    boolean both = passes && passesPlus;
    for (String variant : variants) {
      boolean plusCounts = variant.equals("plus") || only.equals(PLUS);
      samples.passed(variant, task, plusCounts ? both : passes, Optional.empty());
    }
  }

  private static boolean passes(
      JsonRow row, String task, int sample, String status, JsonNode node) {
    return switch (node.asString("").toLowerCase(Locale.ROOT)) {
      case "pass", "success" -> true;
      case "fail", "failed", "timeout", "timed out" -> false;
      default ->
          throw row.error(
              "%s: \"%s\" is %s".formatted(place(task, sample), status, Grades.shown(node)),
              "give \"pass\", \"fail\" or \"timeout\"");
    };
  }

  private static String place(String task, int sample) {
    return "task %s, sample %d".formatted(TableException.quoted(task), sample);
  }
}
