package io.tailwalk.tables.scores;

/** The source of the log-probability under the reference distribution. */
public sealed interface Reference {
  /** The default name of the column. */
  String DEFAULT_COLUMN = "reference_log_prob";

  /** The column {@link #DEFAULT_COLUMN} if the table has it, otherwise none. */
  record IfPresent() implements Reference {}

  /**
   * A column of the table, or a model of the table if there is no such column.
   *
   * @param name name of the column or model
   */
  record Named(String name) implements Reference {}
}
