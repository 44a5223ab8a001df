package io.tailwalk.records.scores;

import io.tailwalk.records.input.ColumnMap;
import io.tailwalk.records.input.Field;
import java.util.Optional;

/**
 * How graded samples are read where their files leave a choice. A choice that a file does not have
 * is refused and not ignored.
 *
 * @param columns columns by field; {@link Field#PASS} may also be a metric of
 *     lm-evaluation-harness, a status of EvalPlus or a scorer of Inspect
 * @param threshold smallest reward that passes; empty if rewards are 0 or 1, or a file says whether
 *     a sample passes
 * @param filter filter of lm-evaluation-harness; empty if a file has only one
 * @param answer field with the final answer of a sample, for votes; empty if unknown
 */
public record GradedOptions(
    ColumnMap columns,
    Optional<Double> threshold,
    Optional<String> filter,
    Optional<String> answer) {
  /** No choices. */
  public static final GradedOptions NONE =
      new GradedOptions(ColumnMap.NONE, Optional.empty(), Optional.empty(), Optional.empty());

  /** Refuses a threshold that is not finite. */
  public GradedOptions {
    if (threshold.isPresent() && !Double.isFinite(threshold.get())) {
      throw new IllegalArgumentException("the threshold is " + threshold.get());
    }
  }

  /** With the column of a field. */
  public GradedOptions column(Field field, String column) {
    return new GradedOptions(columns.with(field, column), threshold, filter, answer);
  }

  /** With the smallest reward that passes. */
  public GradedOptions threshold(double least) {
    return new GradedOptions(columns, Optional.of(least), filter, answer);
  }

  /** With a filter of lm-evaluation-harness. */
  public GradedOptions filter(String name) {
    return new GradedOptions(columns, threshold, Optional.of(name), answer);
  }

  /** With the field of the final answer. */
  public GradedOptions answer(String field) {
    return new GradedOptions(columns, threshold, filter, Optional.of(field));
  }

  /** The chosen column of a field. */
  Optional<String> chosen(Field field) {
    return Optional.ofNullable(columns.chosen().get(field));
  }
}
