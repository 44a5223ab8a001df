package io.tailwalk.tables.scores;

import io.tailwalk.records.TableException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The columns of one Parquet or CSV file and their mapping to columns of the relation. */
final class Columns {
  private static final List<String> SUMMED = List.of("log_prob", "log_probs", "logprobs");
  private static final Set<String> NUMBERS = Set.of("DOUBLE", "FLOAT");
  private static final Set<String> INTEGERS =
      Set.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER");

  private final Path file;
  private final Map<String, String> types;
  private final boolean textual;
  private final Optional<String> reference;
  private final Map<String, String> casts = new LinkedHashMap<>();

  /**
   * Checks names and types.
   *
   * @param types DuckDB's type of each column
   * @param textual whether every column is unparsed text
   */
  Columns(Path file, Map<String, String> types, Reference wanted, boolean textual) {
    this.file = file;
    this.types = types;
    this.textual = textual;
    String column = wanted instanceof Reference.Named(String n) ? n : Reference.DEFAULT_COLUMN;
    this.reference = types.containsKey(column) ? Optional.of(column) : Optional.empty();
    name("example_id");
    name("prompt_id");
    name("model");
    logProbAndTokens();
    reference.ifPresent(r -> casts.put("reference", number(r)));
    casts.putIfAbsent("reference", "NULL::DOUBLE");
  }

  boolean hasReference() {
    return reference.isPresent();
  }

  /** The select list, in the relation's order. */
  String select() {
    StringBuilder list = new StringBuilder();
    for (String column :
        List.of("example_id", "prompt_id", "model", "log_prob", "tokens", "reference")) {
      list.append(list.isEmpty() ? "" : ", ").append(casts.get(column)).append(" AS ");
      list.append(column);
    }
    return list.toString();
  }

  /** For text: refuses the first row with a number that cannot be read. */
  void refuseUnreadable(Duck duck, String relation) {
    for (String column : List.of("log_prob", "tokens", reference.orElse("tokens"))) {
      String type = column.equals("tokens") ? "BIGINT" : "DOUBLE";
      String quoted = Duck.name(column);
      duck.query(
          "SELECT row, %1$s FROM %2$s WHERE %1$s IS NOT NULL AND try_cast(%1$s AS %3$s) IS NULL ORDER BY row LIMIT 1"
              .formatted(quoted, relation, type),
          rows -> {
            if (rows.next()) {
              throw TableException.at(
                  file,
                  rows.getLong(1),
                  "\"" + column + "\" is " + TableException.quoted(rows.getString(2)),
                  "give a " + (type.equals("BIGINT") ? "whole number" : "number"));
            }
            return true;
          });
    }
  }

  private void name(String column) {
    String type = required(column);
    if (!type.equals("VARCHAR") && !INTEGERS.contains(type)) {
      throw wrong(column, type, "text or a whole number");
    }
    casts.put(column, Duck.name(column) + (type.equals("VARCHAR") ? "" : "::VARCHAR"));
  }

  private void logProbAndTokens() {
    for (String column : SUMMED) {
      String type = types.getOrDefault(column, "");
      if (type.endsWith("[]")) {
        String list = Duck.name(column) + "::DOUBLE[]";
        casts.put(
            "log_prob",
            "CASE WHEN list_count(%1$s) = len(%1$s) THEN coalesce(list_sum(%1$s), 0) END"
                .formatted(list));
        casts.put("tokens", "len(" + list + ")");
        return;
      }
    }
    casts.put("log_prob", number("log_prob"));
    String type = required("tokens");
    if (!textual && !INTEGERS.contains(type)) {
      throw wrong("tokens", type, "whole numbers");
    }
    casts.put("tokens", Duck.name("tokens") + "::BIGINT");
  }

  private String number(String column) {
    String type = required(column);
    if (!textual
        && !NUMBERS.contains(type)
        && !INTEGERS.contains(type)
        && !type.startsWith("DECIMAL")) {
      throw wrong(column, type, "numbers");
    }
    return Duck.name(column) + "::DOUBLE";
  }

  private String required(String column) {
    String type = types.get(column);
    if (type == null) {
      throw TableException.at(
          file,
          1,
          "the column \"" + column + "\" is missing",
          "a score file has example_id, prompt_id, model, log_prob and tokens");
    }
    return type;
  }

  private TableException wrong(String column, String type, String wanted) {
    return TableException.at(
        file, 1, "the column \"" + column + "\" is of type " + type, "give " + wanted);
  }
}
