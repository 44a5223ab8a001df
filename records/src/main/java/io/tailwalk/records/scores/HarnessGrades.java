package io.tailwalk.records.scores;

import io.tailwalk.records.JsonRow;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.ColumnMap;
import io.tailwalk.records.input.Field;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.input.Kind;
import io.tailwalk.records.input.Rows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Samples of lm-evaluation-harness: one row a document and filter. Repeats are samples of one task;
 * their number of correct ones is the metric, a mean over them, times their number.
 */
final class HarnessGrades implements Consumer<JsonRow> {
  private static final String FILTER = "filter";
  private static final String METRICS = "metrics";
  private static final List<String> KNOWN = List.of("exact_match", "pass@1", "acc");

  private final Input input;
  private final boolean choices;
  private final GradedOptions options;
  private final GradeCollector samples;
  private final String prefix;
  private final Set<String> filters = new LinkedHashSet<>();
  private long taken;

  HarnessGrades(Input input, Kind kind, GradedOptions options, GradeCollector samples) {
    this.input = input;
    this.choices = kind == Kind.HARNESS_CHOICES;
    this.options = options;
    this.samples = samples;
    samples.foreign();
    // Documents are numbered in each task, so that files of several tasks need its name.
    this.prefix = samples.several() ? HarnessRow.task(input).orElse(input.stem()) + "/" : "";
    Grades.refuse(
        input,
        options.threshold().isPresent(),
        "--threshold",
        "metrics of lm-evaluation-harness are shares of correct samples and no rewards");
    Grades.refuse(
        input,
        options.chosen(Field.REWARD).isPresent(),
        "--reward-field",
        "samples of lm-evaluation-harness have metrics and no rewards; name one with --pass-field");
    Grades.refuse(
        input,
        choices && options.answer().isPresent(),
        "--answer-field",
        "multiple choice has no answers to vote on");
  }

  @Override
  public void accept(JsonRow row) {
    String filter = row.has(FILTER) ? row.string(FILTER) : "";
    filters.add(filter);
    if (options.filter().isPresent() && !options.filter().get().equals(filter)) {
      return;
    }
    if (filters.size() > 1 && options.filter().isEmpty()) {
      throw severalFilters();
    }
    taken++;
    String metric = metric(row);
    String task = prefix + row.name(options.chosen(Field.TASK).orElse("doc_id"));
    if (choices) {
      add(row, metric, task, List.of(), 1);
    } else {
      generations(row, metric, task);
    }
  }

  private void generations(JsonRow row, String metric, String task) {
    JsonNode filtered = row.object().path("filtered_resps");
    JsonNode inner = filtered.path(0);
    JsonNode answers = inner.isArray() ? inner : filtered;
    int drawn = Math.max(1, row.object().path("resps").path(0).size());
    int kept = answers.isArray() && !answers.isEmpty() ? answers.size() : drawn;
    if (kept < drawn && options.filter().isEmpty()) {
      throw row.error(
          "its filter makes %d of %d responses, so its result may be no plain draw"
              .formatted(kept, drawn),
          "choose a filter that keeps every response with --filter, or name this one if that is what"
              + " you mean");
    }
    List<String> texts = new ArrayList<>();
    if (options.answer().isPresent()) {
      Grades.answer(row, options).ifPresent(texts::add);
    } else {
      answers.forEach(answer -> texts.add(answer.asString("")));
    }
    add(row, metric, task, texts, kept);
  }

  private void add(JsonRow row, String metric, String task, List<String> answers, int drawn) {
    JsonNode node = row.object().get(metric);
    if (node == null || node.isNull()) {
      throw row.error("\"" + metric + "\" is missing", "name the metric with --pass-field");
    }
    double mean =
        Grades.truth(node)
            .map(passed -> passed ? 1.0 : 0.0)
            .orElseGet(() -> mean(row, metric, node));
    int correct = Grades.correct(row, metric, mean, drawn);
    Optional<Set<String>> right =
        RightAnswers.of(answers, correct, row.object().path("target").asString(""));
    for (int i = 0; i < drawn; i++) {
      boolean known = right.isPresent() && answers.size() == drawn;
      boolean passed = known ? right.get().contains(answers.get(i)) : i < correct;
      samples.passed("", task, passed, known ? Optional.of(answers.get(i)) : Optional.empty());
    }
  }

  private static double mean(JsonRow row, String metric, JsonNode node) {
    if (!node.isNumber()) {
      throw row.error(
          "\"" + metric + "\" is " + Grades.shown(node),
          "name a metric that is a share of correct samples with --pass-field");
    }
    return node.doubleValue();
  }

  /** The metric that says whether a sample is correct. */
  private String metric(JsonRow row) {
    Optional<String> chosen = options.chosen(Field.PASS);
    if (chosen.isPresent()) {
      String name = chosen.get();
      if (!row.object().has(name)) {
        throw row.error(
            "there is no metric " + TableException.quoted(name),
            "its metrics are %s; name one with --pass-field".formatted(names(metrics(row))));
      }
      if (name.matches("pass@\\d+") && !name.equals("pass@1")) {
        throw row.error(
            TableException.quoted(name) + " does not determine how many samples are correct",
            "log pass@1, from which every pass@k follows");
      }
      return name;
    }
    List<String> metrics = metrics(row);
    List<String> known = KNOWN.stream().filter(metrics::contains).toList();
    if (known.size() == 1) {
      return known.getFirst();
    }
    if (metrics.size() == 1) {
      return metrics.getFirst();
    }
    throw metrics.isEmpty()
        ? row.error(
            "it has no metric", "name the field that says whether it is correct with --pass-field")
        : row.error(
            "several metrics could say whether it is correct: " + names(metrics),
            "name one with --pass-field");
  }

  private static List<String> metrics(JsonRow row) {
    if (row.object().path(METRICS).isArray()) {
      List<String> names = new ArrayList<>();
      row.object().get(METRICS).forEach(name -> names.add(name.asString("")));
      return names;
    }
    return KNOWN.stream().filter(row.object()::has).toList();
  }

  /** Ends the file. */
  void finish() {
    if (taken == 0) {
      throw input.error(
          "there is no filter " + TableException.quoted(options.filter().orElse("")),
          "its filters are " + names(filters));
    }
  }

  /** Reads on to name all filters. */
  private TableException severalFilters() {
    Rows.forEach(input, row -> filters.add(row.has(FILTER) ? row.string(FILTER) : ""));
    return input.error(
        "it has results of several filters: " + names(filters), "name one with --filter");
  }

  private static String names(Collection<String> names) {
    return ColumnMap.names(names);
  }
}
