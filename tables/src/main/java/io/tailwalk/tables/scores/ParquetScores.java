package io.tailwalk.tables.scores;

import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Field;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.scores.LogProbRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One Parquet file with one row per response and model, read in place. */
final class ParquetScores {
  private static final Set<String> NUMBERS = Set.of("DOUBLE", "FLOAT");
  private static final Set<String> INTEGERS =
      Set.of(
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "HUGEINT",
          "UTINYINT",
          "USMALLINT",
          "UINTEGER",
          "UBIGINT",
          "UHUGEINT");

  private final Input input;
  private final Map<String, String> types;
  private final ScoreColumns columns;
  private final Optional<String> given;
  private final Optional<String> scalar;
  private final Optional<String> list;
  private final String from;
  private long tolerated;

  /**
   * Checks names and types.
   *
   * @param types DuckDB's type of each column
   * @param from SQL of the relation, with {@code file_row_number}
   */
  ParquetScores(NamedInput named, Map<String, String> types, ScoreColumns columns, String from) {
    this.input = named.input();
    this.given = named.model();
    this.types = types;
    this.columns = columns;
    this.from = from;
    this.scalar = columns.logProb().filter(column -> !isList(column));
    this.list =
        columns.logProbs().or(() -> columns.logProb().filter(this::isList)).filter(this::checkList);
    if (scalar.isEmpty() && list.isEmpty()) {
      throw ScoreColumns.missing(input, types.keySet(), Field.LOG_PROB);
    }
    scalar.ifPresent(this::checkNumber);
    columns.reference().ifPresent(this::checkNumber);
    columns.tokens().ifPresent(this::checkNumber);
  }

  /** Rows whose lists have an entry that counts as zero by tolerance. */
  long tolerated() {
    return tolerated;
  }

  /** SQL of the rows, after all that the types do not settle has been checked. */
  String select(Duck duck) {
    check(duck);
    return "SELECT %s AS file, file_row_number + 1 AS row, %s AS example_id, %s AS prompt_id, %s AS model, %s AS log_prob, %s AS tokens, %s AS reference FROM %s"
        .formatted(
            Duck.text(input.toString()),
            name(columns.example().orElseThrow(() -> missing(Field.EXAMPLE))),
            name(columns.prompt().or(columns::example).orElseThrow()),
            given.isPresent()
                ? Duck.text(given.get())
                : name(columns.model().orElseThrow(() -> missing(Field.MODEL))),
            logProb(),
            tokens(),
            columns.reference().map(column -> number(column)).orElse("NULL::DOUBLE"),
            from);
  }

  private TableException missing(Field field) {
    return ScoreColumns.missing(input, types.keySet(), field);
  }

  private String logProb() {
    return list.map(column ->
            tolerated > 0
                ? sum("[least(x, 0.0) for x in " + doubles(column) + "]", column)
                : sum(doubles(column), column))
        .orElseGet(() -> number(scalar.orElseThrow()));
  }

  private static String sum(String terms, String column) {
    return "CASE WHEN %s IS NOT NULL THEN coalesce(list_sum(%s), 0) END"
        .formatted(Duck.name(column), terms);
  }

  private String tokens() {
    if (list.isPresent()) {
      return "len(" + Duck.name(list.get()) + ")";
    }
    return columns
        .tokens()
        .map(column -> "try_cast(" + Duck.name(column) + " AS BIGINT)")
        .orElse("(" + ScoreRow.UNKNOWN + ")::BIGINT");
  }

  /**
   * One pass over what can be wrong beyond the type of a column: lists, and fractions of tokens.
   */
  private void check(Duck duck) {
    List<String> wrong = new ArrayList<>();
    list.ifPresent(column -> {
      String terms = doubles(column);
      wrong.add("list_count(%1$s) <> len(%1$s)".formatted(terms));
      wrong.add("list_max(%s) > %s".formatted(terms, LogProbRange.TOLERATED));
      columns
          .tokens()
          .ifPresent(tokens -> wrong.add("%s <> len(%s)".formatted(Duck.name(tokens), terms)));
      scalar.ifPresent(sum ->
          wrong.add(
              "NOT (%1$s = %2$s OR abs(%1$s - %2$s) <= %3$s + %4$s * abs(%2$s))"
                  .formatted(
                      number(sum),
                      "coalesce(list_sum(" + terms + "), 0)",
                      LogProbRange.SUM_ABSOLUTE,
                      LogProbRange.SUM_RELATIVE)));
    });
    columns
        .tokens()
        .filter(tokens -> !isCounted(tokens))
        .ifPresent(tokens -> {
          String quoted = Duck.name(tokens);
          wrong.add("isnan(%1$s::DOUBLE) OR %1$s <> floor(%1$s::DOUBLE)".formatted(quoted));
          wrong.add("%1$s IS NOT NULL AND try_cast(%1$s AS BIGINT) IS NULL".formatted(quoted));
        });
    if (wrong.isEmpty()) {
      return;
    }
    String some = "(" + String.join(") OR (", wrong) + ")";
    String near =
        list.map(column -> "list_max(%s) > %s".formatted(doubles(column), LogProbRange.ROUNDING))
            .orElse("false");
    long faulty =
        duck.query(
            "SELECT coalesce(min(file_row_number) FILTER (%s), -1), count(*) FILTER (%s) FROM %s"
                .formatted(some, near, from),
            rows -> {
              rows.next();
              tolerated = rows.getLong(2);
              return rows.getLong(1);
            });
    if (faulty >= 0) {
      throw fault(duck, faulty);
    }
  }

  private TableException fault(Duck duck, long row) {
    String terms = list.map(ParquetScores::doubles).orElse("NULL::DOUBLE[]");
    return duck.query(
        "SELECT list_count(%1$s), len(%1$s), list_max(%1$s), list_sum(%1$s), (%2$s)::DOUBLE, (%3$s)::VARCHAR FROM %4$s WHERE file_row_number = %5$s"
            .formatted(
                terms,
                scalar.map(Duck::name).orElse("NULL"),
                columns.tokens().map(Duck::name).orElse("NULL"),
                from,
                row),
        rows -> {
          rows.next();
          return fault(rows, row + 1);
        });
  }

  private TableException fault(ResultSet values, long row) throws SQLException {
    String tokens = values.getString(6);
    if (list.isPresent()) {
      String column = list.get();
      long entries = values.getLong(2);
      double most = values.getDouble(3);
      if (values.getLong(1) != entries) {
        return at(
            row, "\"" + column + "\" has an entry without a value", "give every token a number");
      }
      if (!(most <= LogProbRange.TOLERATED)) {
        return at(row, LogProbRange.problem(column, most), LogProbRange.fix(most));
      }
      double given = values.getDouble(5);
      if (!values.wasNull() && !LogProbRange.agree(given, values.getDouble(4))) {
        return at(
            row,
            LogProbRange.contradiction(scalar.orElseThrow(), given, column, values.getDouble(4)),
            LogProbRange.AGREE);
      }
      if (isWhole(tokens)) {
        String named = columns.tokens().orElseThrow();
        long count = (long) Double.parseDouble(tokens);
        return at(row, ScoreNumbers.entries(named, count, column, entries), LogProbRange.AGREE);
      }
    }
    String named = columns.tokens().orElseThrow();
    return tokens.equalsIgnoreCase("nan")
        ? at(row, "\"" + named + "\" is missing", "give the response length, 0 or more")
        : at(row, "\"" + named + "\" is " + tokens, "give a whole number");
  }

  private static boolean isWhole(String number) {
    return number != null && number.matches("-?[0-9]{1,18}(?:\\.0*)?");
  }

  private TableException at(long row, String problem, String fix) {
    return TableException.at(input.name(), row, problem, fix);
  }

  private String type(String column) {
    return types.getOrDefault(column, "");
  }

  private boolean isList(String column) {
    return type(column).endsWith("[]");
  }

  private boolean isCounted(String column) {
    return INTEGERS.contains(type(column)) && !type(column).matches("U(?:BIG|HUGE)INT|HUGEINT");
  }

  private boolean checkList(String column) {
    String type = type(column);
    String entry = type.endsWith("[]") ? type.substring(0, type.length() - 2) : "";
    if (!isNumeric(entry)) {
      throw wrong(column, "lists of numbers");
    }
    return true;
  }

  private void checkNumber(String column) {
    if (!isNumeric(type(column))) {
      throw wrong(
          column, columns.tokens().equals(Optional.of(column)) ? "whole numbers" : "numbers");
    }
  }

  private static boolean isNumeric(String type) {
    return NUMBERS.contains(type) || INTEGERS.contains(type) || type.startsWith("DECIMAL");
  }

  private String name(String column) {
    String type = type(column);
    boolean text = type.equals("VARCHAR") || type.startsWith("ENUM");
    if (!text && !INTEGERS.contains(type)) {
      throw wrong(column, "text or a whole number");
    }
    return Duck.name(column) + (type.equals("VARCHAR") ? "" : "::VARCHAR");
  }

  private static String number(String column) {
    return Duck.name(column) + "::DOUBLE";
  }

  private static String doubles(String column) {
    return Duck.name(column) + "::DOUBLE[]";
  }

  private TableException wrong(String column, String wanted) {
    return at(1, "the column \"" + column + "\" is of type " + type(column), "give " + wanted);
  }
}
