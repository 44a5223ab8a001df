package io.tailwalk.tables.scores;

import io.tailwalk.records.TableException;
import io.tailwalk.records.input.ColumnMap;
import io.tailwalk.records.input.Field;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The files of a score table and how they are to be read.
 *
 * @param names files, globs, {@code -} for standard input, or {@code MODEL=FILE} for files that do
 *     not name their model; a name that is a file's own is never split
 * @param columns the user's choices of columns
 * @param allChoices whether every choice of lm-evaluation-harness samples is a response, not only
 *     the right one
 */
public record ScoreFiles(List<String> names, ColumnMap columns, boolean allChoices) {
  private static final Set<Field> FIELDS =
      Set.of(
          Field.EXAMPLE,
          Field.PROMPT_ID,
          Field.MODEL,
          Field.LOG_PROB,
          Field.LOG_PROBS,
          Field.TOKENS,
          Field.REFERENCE);

  /**
   * Keeps an immutable copy.
   *
   * @throws TableException if a chosen field is not one of a score table
   */
  public ScoreFiles {
    names = List.copyOf(names);
    for (Field field : columns.chosen().keySet()) {
      if (!FIELDS.contains(field)) {
        throw new TableException(
            "--columns %s=%s: not a field of a score table; its fields are %s."
                .formatted(
                    field.column(),
                    columns.chosen().get(field),
                    FIELDS.stream().sorted().map(Field::column).collect(Collectors.joining(", "))));
      }
    }
  }

  /** Files with the usual columns. */
  public static ScoreFiles of(List<String> names) {
    return new ScoreFiles(names, ColumnMap.NONE, false);
  }

  /** With other choices of columns. */
  public ScoreFiles columns(ColumnMap other) {
    return new ScoreFiles(names, other, allChoices);
  }

  /** With every choice of harness samples, or only the right one. */
  public ScoreFiles allChoices(boolean all) {
    return new ScoreFiles(names, columns, all);
  }

  /** Other files, read in the same way. */
  public ScoreFiles named(List<String> others) {
    return new ScoreFiles(others, columns, allChoices);
  }
}
