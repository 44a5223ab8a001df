package io.tailwalk.records.scores;

import io.tailwalk.records.JsonRow;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.ColumnMap;
import io.tailwalk.records.input.Field;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.input.Kind;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Graded samples of one row each: a task, and whether the sample passes or its reward. Columns are
 * mapped by the first row.
 */
final class TableGrades implements Consumer<JsonRow> {
  private static final String PLAIN_SAMPLER = "ancestral";
  private static final String LOG_PROB = "log_prob";
  private static final Set<String> NOT_REWARDS = Set.of("step", "advantage");

  /**
   * Which column holds what.
   *
   * @param task id or text of the prompt
   * @param text text of the prompt beside an id that may be one of the row; empty if the id is sure
   * @param pass whether a sample passes; empty if the reward decides
   * @param reward the reward; empty if there is none
   * @param score log-probability
   */
  private record Columns(
      String task,
      Optional<String> text,
      Optional<String> pass,
      Optional<String> reward,
      String score) {}

  private final GradedOptions options;
  private final GradeCollector samples;
  private final Columns columns;
  private final boolean own;
  private final boolean steps;
  private final Map<String, String> idOfText = new HashMap<>();

  private TableGrades(
      GradedOptions options, GradeCollector samples, Columns columns, boolean own, boolean steps) {
    this.options = options;
    this.samples = samples;
    this.columns = columns;
    this.own = own;
    this.steps = steps;
  }

  static TableGrades of(
      Input input, Kind kind, JsonRow first, GradedOptions options, GradeCollector samples) {
    Collection<String> names = first.object().propertyNames();
    boolean own =
        names.containsAll(Set.of("sampler", "id", "reward"))
            && options.chosen(Field.PASS).isEmpty()
            && options.chosen(Field.REWARD).isEmpty();
    Optional<String> reward = reward(input, kind, first, options);
    Optional<String> pass = own ? Optional.empty() : pass(input, kind, first, options);
    if (options.threshold().isPresent()) {
      if (reward.isEmpty()) {
        throw input.error(
            "there is no column of rewards that a threshold could decide",
            "its columns are %s; name one with --reward-field, or leave out --threshold"
                .formatted(ColumnMap.names(names)));
      }
      pass = Optional.empty();
    }
    if (pass.isEmpty() && reward.isEmpty()) {
      throw input.error(
          "there is no column that says whether a sample passes, nor one of rewards",
          "its columns are %s; name one with --pass-field or --reward-field"
              .formatted(ColumnMap.names(names)));
    }
    String score = options.chosen(Field.LOG_PROB).orElse(LOG_PROB);
    if (options.chosen(Field.LOG_PROB).isPresent()) {
      options.columns().require(input, names, Field.LOG_PROB);
    }
    return new TableGrades(
        options,
        samples,
        task(input, names, options, own, pass, reward, score),
        own,
        kind == Kind.VERL || kind == Kind.TRL);
  }

  private static Columns task(
      Input input,
      Collection<String> names,
      GradedOptions options,
      boolean own,
      Optional<String> pass,
      Optional<String> reward,
      String score) {
    ColumnMap map = options.columns();
    boolean textChosen =
        options.chosen(Field.TASK_TEXT).isPresent() && options.chosen(Field.TASK).isEmpty();
    Optional<String> id =
        textChosen
            ? Optional.empty()
            : own && options.chosen(Field.TASK).isEmpty()
                ? Optional.of("id")
                : map.find(input, names, Field.TASK);
    Optional<String> text =
        id.isPresent() ? Optional.empty() : map.find(input, names, Field.TASK_TEXT);
    if (id.isEmpty() && text.isEmpty()) {
      throw input.error(
          "there is no column for the task, nor one for the text of the prompt",
          "its columns are %s; name one with --task-field".formatted(ColumnMap.names(names)));
    }
    boolean sure = own || options.chosen(Field.TASK).isPresent() || !id.orElse("").equals("id");
    Optional<String> beside =
        sure
            ? Optional.empty()
            : List.of("prompt", "input", "question").stream().filter(names::contains).findFirst();
    return new Columns(id.or(() -> text).orElseThrow(), beside, pass, reward, score);
  }

  /** verl's accuracy decides where it stands, as in verl's own validation. */
  private static Optional<String> pass(
      Input input, Kind kind, JsonRow first, GradedOptions options) {
    Collection<String> names = first.object().propertyNames();
    if (kind == Kind.VERL && options.chosen(Field.PASS).isEmpty()) {
      boolean rewardChosen = options.chosen(Field.REWARD).isPresent();
      return names.contains("acc") && !rewardChosen ? Optional.of("acc") : Optional.empty();
    }
    boolean byReward = kind == Kind.TRL || options.chosen(Field.REWARD).isPresent();
    return byReward && options.chosen(Field.PASS).isEmpty()
        ? Optional.empty()
        : options.columns().find(input, names, Field.PASS);
  }

  /** The reward; of TRL the one column of numbers that is no other field. */
  private static Optional<String> reward(
      Input input, Kind kind, JsonRow first, GradedOptions options) {
    Collection<String> names = first.object().propertyNames();
    boolean chosen = options.chosen(Field.REWARD).isPresent();
    if (kind == Kind.VERL && !chosen) {
      return names.contains("score") ? Optional.of("score") : Optional.empty();
    }
    if (kind != Kind.TRL || chosen) {
      return options.columns().find(input, names, Field.REWARD);
    }
    List<String> functions =
        names.stream()
            .filter(name -> !NOT_REWARDS.contains(name) && first.object().path(name).isNumber())
            .toList();
    if (functions.size() > 1 && options.chosen(Field.PASS).isEmpty()) {
      throw input.error(
          "it has several rewards: " + ColumnMap.names(functions),
          "name the one that counts with --reward-field, or --pass-field if it is 0 or 1");
    }
    return functions.size() == 1 ? Optional.of(functions.getFirst()) : Optional.empty();
  }

  @Override
  public void accept(JsonRow row) {
    if (!own) {
      samples.foreign();
    }
    if (steps) {
      samples.step(row);
    }
    String task = Grades.text(row, columns.task());
    if (task.isBlank()) {
      throw row.error("\"" + columns.task() + "\" is empty", "give the task or the prompt");
    }
    columns.text().filter(row::has).ifPresent(text -> check(row, task, Grades.text(row, text)));
    boolean plain = !own || row.string("sampler").equals(PLAIN_SAMPLER);
    double score = row.has(columns.score()) ? row.number(columns.score()) : Double.NaN;
    Optional<String> answer = Grades.answer(row, options);
    if (own && columns.pass().isEmpty() && options.threshold().isEmpty()) {
      double reward = Grades.reward(row, "reward");
      samples.add("", new GradedSample(task, reward >= 1, score, reward, plain, answer));
      return;
    }
    if (columns.pass().isEmpty()) {
      double reward = Grades.reward(row, columns.reward().orElseThrow());
      samples.rewarded(task, reward, score, plain, answer);
      return;
    }
    boolean passed =
        Grades.passed(
            row,
            columns.pass().get(),
            "give true or false, or 0 or 1; for a graded reward name the column with"
                + " --reward-field and the smallest that passes with --threshold");
    double reward =
        columns
            .reward()
            .filter(row::has)
            .map(name -> Grades.reward(row, name))
            .orElse(passed ? 1.0 : 0.0);
    samples.add("", new GradedSample(task, passed, score, reward, plain, answer));
  }

  /** An id that differs between samples of one prompt is an id of the row and not of the task. */
  private void check(JsonRow row, String id, String text) {
    String before = idOfText.putIfAbsent(text, id);
    if (before != null && !before.equals(id)) {
      throw row.error(
          "the same prompt has the ids %s and %s, so \"%s\" may not be its task"
              .formatted(TableException.quoted(before), TableException.quoted(id), columns.task()),
          "name the column of the task with --task-field, \"%s\" for equal prompts or \"%s\""
              .formatted(columns.text().orElseThrow(), columns.task()));
    }
  }
}
