package io.tailwalk.tables.scores;

/** Where the log-probability under the reference distribution comes from. */
public sealed interface Reference {
  /** The column's name when the user names none. */
  String DEFAULT_COLUMN = "reference_log_prob";

  /** The column {@link #DEFAULT_COLUMN} if the table has it, else none. */
  record IfPresent() implements Reference {}

  /**
   * A column of the table, or failing that a model in it.
   *
   * @param name of column or model
   */
  record Named(String name) implements Reference {}
}
