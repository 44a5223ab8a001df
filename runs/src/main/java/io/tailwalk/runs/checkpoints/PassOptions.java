package io.tailwalk.runs.checkpoints;

import io.tailwalk.records.input.ColumnMap;
import io.tailwalk.records.input.Field;
import io.tailwalk.records.scores.GradedOptions;
import io.tailwalk.runs.work.InputException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How files of graded samples are read where they leave a choice. A choice that a file does not
 * have is refused and not ignored.
 *
 * @param columns columns by field: {@value #TASK}, {@value #PROMPT}, {@value #PASSED}, {@value
 *     #REWARD}, {@value #LOG_PROB}; that of {@value #PASSED} may also be a metric of
 *     lm-evaluation-harness, a status of EvalPlus or a scorer of Inspect
 * @param threshold smallest reward that passes; empty if rewards are 0 or 1, or files say what
 *     passes
 * @param filter filter of lm-evaluation-harness; empty if files have only one
 * @param answer field with the final answer of a sample, for votes; empty if unknown
 */
public record PassOptions(
    Map<String, String> columns,
    Optional<Double> threshold,
    Optional<String> filter,
    Optional<String> answer) {
  /** The id of the task. */
  public static final String TASK = "task_id";

  /** The text of the prompt. */
  public static final String PROMPT = "prompt";

  /** Whether a sample passes. */
  public static final String PASSED = "passed";

  /** The reward. */
  public static final String REWARD = "reward";

  /** The log-probability. */
  public static final String LOG_PROB = "log_prob";

  /** No choices. */
  public static final PassOptions NONE =
      new PassOptions(Map.of(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * Keeps an immutable copy.
   *
   * @throws InputException if a field is unknown or the threshold is not finite
   */
  public PassOptions {
    columns = Map.copyOf(columns);
    for (String field : columns.keySet()) {
      if (!Set.of(TASK, PROMPT, PASSED, REWARD, LOG_PROB).contains(field)) {
        throw InputException.about(
            "columns",
            "unknown field '%s'; the fields are %s"
                .formatted(field, String.join(", ", TASK, PROMPT, PASSED, REWARD, LOG_PROB)));
      }
    }
    if (threshold.isPresent() && !Double.isFinite(threshold.get())) {
      throw InputException.about("threshold", "must be finite, got " + threshold.get());
    }
  }

  /** With the column of a field. */
  public PassOptions column(String field, String column) {
    Map<String, String> more = new LinkedHashMap<>(columns);
    more.put(field, column);
    return new PassOptions(more, threshold, filter, answer);
  }

  /** With the smallest reward that passes. */
  public PassOptions threshold(double least) {
    return new PassOptions(columns, Optional.of(least), filter, answer);
  }

  /** With a filter of lm-evaluation-harness. */
  public PassOptions filter(String name) {
    return new PassOptions(columns, threshold, Optional.of(name), answer);
  }

  /** With the field of the final answer. */
  public PassOptions answer(String field) {
    return new PassOptions(columns, threshold, filter, Optional.of(field));
  }

  /** The options of the reader. */
  GradedOptions graded() {
    Map<Field, String> chosen = new EnumMap<>(Field.class);
    columns.forEach((field, column) ->
        chosen.put(
            switch (field) {
              case TASK -> Field.TASK;
              case PROMPT -> Field.TASK_TEXT;
              case PASSED -> Field.PASS;
              case REWARD -> Field.REWARD;
              default -> Field.LOG_PROB;
            },
            column));
    return new GradedOptions(new ColumnMap(chosen), threshold, filter, answer);
  }
}
