package io.tailwalk.tables.scores;

import io.tailwalk.records.JsonRow;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Field;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.input.Rows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Copies a file of scores, row by row: one row per response and model, or one column per model. */
final class RowScores {
  private static final int MOST_SHAPES = 1000;

  private final Input input;
  private final Optional<String> given;
  private final ScoreFiles files;
  private final Reference reference;
  private final ScoreSink sink;
  private final Map<List<String>, ScoreColumns> shapes = new HashMap<>();
  private @Nullable ScoreColumns first;
  private @Nullable Boolean tokens;
  private List<String> wide = List.of();
  private List<String> lastNames = List.of();
  private @Nullable ScoreColumns lastColumns;

  RowScores(NamedInput named, ScoreFiles files, Reference reference, ScoreSink sink) {
    this.input = named.input();
    this.given = named.model();
    this.files = files;
    this.reference = reference;
    this.sink = sink;
  }

  /** Copies all rows and returns the columns of the first. */
  ScoreColumns copy() {
    Rows.forEach(input, this::add);
    ScoreColumns columns = first;
    if (columns == null) {
      throw input.error("the file holds no rows", "give at least one row");
    }
    return columns;
  }

  private void add(JsonRow row) {
    Collection<String> names = row.object().propertyNames();
    if (first == null) {
      first = recognise(row, names);
    }
    ScoreColumns columns = columns(row, names);
    String example = name(row, columns.example(), Field.EXAMPLE);
    String prompt =
        columns.prompt().isPresent() ? name(row, columns.prompt(), Field.PROMPT_ID) : example;
    double ref =
        columns.reference().isPresent()
            ? ScoreNumbers.logProb(row, columns.reference().get())
            : Double.NaN;
    if (!wide.isEmpty()) {
      long length =
          columns.tokens().isPresent()
              ? ScoreNumbers.count(row, columns.tokens().get())
              : ScoreRow.UNKNOWN;
      for (String model : wide) {
        double logProb = ScoreNumbers.logProb(row, model);
        sink.add(row, example, prompt, model, new ScoreNumbers.Sum(logProb, length, false), ref);
      }
      return;
    }
    String model = given.isPresent() ? given.get() : name(row, columns.model(), Field.MODEL);
    ScoreNumbers.Sum sum = ScoreNumbers.sum(row, columns);
    boolean known = sum.tokens() != ScoreRow.UNKNOWN;
    if (tokens == null) {
      tokens = known;
    } else if (tokens != known) {
      throw partly(row, Field.TOKENS);
    }
    sink.add(row, example, prompt, model, sum, ref);
  }

  /** Decides by the first row what the file is, and refuses one that is no score table. */
  private ScoreColumns recognise(JsonRow row, Collection<String> names) {
    ScoreColumns columns = ScoreColumns.of(input, names, files.columns(), reference);
    if (columns.example().isEmpty()) {
      throw ScoreColumns.missing(input, names, Field.EXAMPLE);
    }
    if (given.isPresent() && columns.model().isPresent()) {
      throw input.error(
          "its column %s names the models, so \"%s=\" cannot"
              .formatted(TableException.quoted(columns.model().get()), given.get()),
          "give the file without a name");
    }
    if (!columns.isScored() && columns.model().isEmpty() && given.isEmpty()) {
      wide = modelColumns(row, names, columns);
      return columns;
    }
    if (columns.model().isEmpty() && given.isEmpty()) {
      throw input.error(
          "there is no column for \"model\" (%s) among %s"
              .formatted(Field.MODEL.meaning(), String.join(", ", names)),
          "give the file as MODEL=FILE, or name the column with --columns model=NAME");
    }
    if (!columns.isScored()) {
      throw ScoreColumns.missing(input, names, Field.LOG_PROB);
    }
    return columns;
  }

  private List<String> modelColumns(JsonRow row, Collection<String> names, ScoreColumns columns) {
    List<String> models = columns.others(names);
    for (String model : models) {
      try {
        ScoreNumbers.logProb(row, model);
      } catch (TableException e) {
        throw new TableException(
            "%s: neither a column for \"model\" and \"log_prob\", nor is every other column one of log-probabilities of a model (%s); %s and no other column."
                .formatted(input, trimmed(e), ScoreColumns.NEEDED),
            e);
      }
    }
    if (models.isEmpty()) {
      throw ScoreColumns.missing(input, names, Field.LOG_PROB);
    }
    return models;
  }

  private static String trimmed(TableException e) {
    String message = String.valueOf(e.getMessage());
    int from = message.indexOf(": ");
    int to = message.indexOf(';', from);
    return message.substring(from + 2, to < 0 ? message.length() : to);
  }

  /** The columns of a row; rows of JSON may have different fields. */
  private ScoreColumns columns(JsonRow row, Collection<String> names) {
    ScoreColumns known = lastColumns;
    if (known != null && (row.dialect() == JsonRow.Dialect.TEXT || sameOrder(names, lastNames))) {
      return known;
    }
    List<String> key = new ArrayList<>(names);
    ScoreColumns found = shapes.get(key);
    if (found == null) {
      found = ScoreColumns.of(input, key, files.columns(), reference);
      check(row, found, key);
      if (shapes.size() < MOST_SHAPES) {
        shapes.put(key, found);
      }
    }
    lastNames = key;
    lastColumns = found;
    return found;
  }

  private void check(JsonRow row, ScoreColumns columns, List<String> names) {
    ScoreColumns before = first;
    if (!wide.isEmpty() && !List.copyOf(columns.others(names)).equals(wide)) {
      throw row.error("it has other columns than the first row", "give every row the same columns");
    }
    if (before != null && !columns.sameFields(before)) {
      boolean prompts = columns.prompt().isPresent() != before.prompt().isPresent();
      throw partly(row, prompts ? Field.PROMPT_ID : Field.REFERENCE);
    }
  }

  private static TableException partly(JsonRow row, Field field) {
    return row.error(
        "the field \"" + field.column() + "\" is in some rows and not in others",
        "give it in every row or in none");
  }

  private static boolean sameOrder(Collection<String> names, List<String> before) {
    if (names.size() != before.size()) {
      return false;
    }
    int i = 0;
    for (String name : names) {
      if (!name.equals(before.get(i++))) {
        return false;
      }
    }
    return true;
  }

  private static String name(JsonRow row, Optional<String> column, Field field) {
    if (column.isEmpty() || !row.has(column.get())) {
      throw row.error(
          "\"" + column.orElse(field.column()) + "\" is missing", "name it in every row");
    }
    return row.name(column.get());
  }
}
