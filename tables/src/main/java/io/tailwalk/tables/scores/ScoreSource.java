package io.tailwalk.tables.scores;

import io.tailwalk.records.JsonLines;
import io.tailwalk.records.JsonRow;
import io.tailwalk.records.TableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Presents files of any format as one relation {@code scores(file, row, example_id, prompt_id,
 * model, log_prob, tokens, reference)}. Parquet is read in place, as a view; CSV and JSON lines are
 * copied into DuckDB once. Rows count from 1; the header of a CSV is row 1.
 */
final class ScoreSource {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
  private static final String COLUMNS =
      "file, row, example_id, prompt_id, model, log_prob, tokens, reference";

  private final Duck duck;
  private final Reference reference;
  private final List<String> parts = new ArrayList<>();
  private boolean copied;
  private boolean referenced;

  ScoreSource(Duck duck, Reference reference) {
    this.duck = duck;
    this.reference = reference;
  }

  /** Creates the relation; true if every file has the reference column. */
  boolean layOut(List<String> patterns) {
    int withReference = 0;
    List<Path> files = new ArrayList<>();
    patterns.forEach(pattern -> files.addAll(expand(pattern)));
    for (Path file : files) {
      referenced = false;
      switch (form(file)) {
        case PARQUET -> addParquet(file);
        case CSV -> copyCsv(file);
        case JSON_LINES -> copyJsonLines(file);
      }
      withReference += referenced ? 1 : 0;
    }
    if (withReference != 0 && withReference != files.size()) {
      throw TableException.in(
          files.getFirst(),
          "some score files have the reference column and some do not",
          "give it in all of them or in none");
    }
    if (copied) {
      parts.add("SELECT " + COLUMNS + " FROM copied");
    }
    duck.run("CREATE VIEW scores AS " + String.join(" UNION ALL ", parts));
    return withReference > 0;
  }

  private enum Form {
    PARQUET,
    CSV,
    JSON_LINES
  }

  private static Form form(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".parquet")) {
      return Form.PARQUET;
    }
    if (name.endsWith(".csv") || name.endsWith(".csv.gz")) {
      return Form.CSV;
    }
    if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      return Form.JSON_LINES;
    }
    throw TableException.in(
        file,
        "its name does not show its format",
        "use .parquet, .csv, .csv.gz, .jsonl or .ndjson");
  }

  private List<Path> expand(String pattern) {
    Path plain = Path.of(pattern);
    if (Files.isRegularFile(plain)) {
      return List.of(plain);
    }
    List<Path> found =
        duck.query(
            "SELECT file FROM glob(" + Duck.text(pattern) + ") ORDER BY file",
            rows -> {
              List<Path> files = new ArrayList<>();
              while (rows.next()) {
                files.add(Path.of(rows.getString(1)));
              }
              return files;
            });
    if (found.isEmpty()) {
      throw TableException.in(plain, "no such score file", "check the path or pattern");
    }
    return found;
  }

  private void addParquet(Path file) {
    String from = "read_parquet(%s, file_row_number = true)".formatted(Duck.text(file.toString()));
    Map<String, String> types = types(file, from);
    types.remove("file_row_number");
    Columns columns = new Columns(file, types, reference, false);
    referenced = columns.hasReference();
    parts.add(
        "SELECT %s AS file, file_row_number + 1 AS row, %s FROM %s"
            .formatted(Duck.text(file.toString()), columns.select(), from));
  }

  private void copyCsv(Path file) {
    String from =
        "read_csv(%s, header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"')"
            .formatted(Duck.text(file.toString()));
    Columns columns = new Columns(file, types(file, from), reference, true);
    referenced = columns.hasReference();
    prepareCopy();
    duck.run(
        "CREATE OR REPLACE TEMP TABLE raw AS SELECT row_number() OVER () + 1 AS row, * FROM "
            + from);
    columns.refuseUnreadable(duck, "raw");
    duck.run(
        "INSERT INTO copied SELECT %s, row, %s FROM raw"
            .formatted(Duck.text(file.toString()), columns.select()));
    duck.run("DROP TABLE raw");
  }

  private void prepareCopy() {
    if (!copied) {
      duck.run(
          "CREATE TEMP TABLE copied (file VARCHAR, row BIGINT, example_id VARCHAR,"
              + " prompt_id VARCHAR, model VARCHAR, log_prob DOUBLE, tokens BIGINT,"
              + " reference DOUBLE)");
      copied = true;
    }
  }

  private Map<String, String> types(Path file, String from) {
    try {
      return duck.query("DESCRIBE SELECT * FROM " + from, ScoreSource::types);
    } catch (TableException e) {
      throw new TableException(file + ": not a readable score file (" + e.getMessage() + ")", e);
    }
  }

  private static Map<String, String> types(ResultSet rows) throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    while (rows.next()) {
      types.put(rows.getString(1), rows.getString(2));
    }
    return types;
  }

  private void copyJsonLines(Path file) {
    prepareCopy();
    String column = reference instanceof Reference.Named(String n) ? n : Reference.DEFAULT_COLUMN;
    long[] counts = new long[2];
    try (DuckDBAppender appender = connection().createAppender("temp", "main", "copied")) {
      JsonLines.forEach(
          file,
          JSON::readTree,
          row -> {
            Optional<Double> ref =
                row.has(column) ? Optional.of(JsonScores.number(row, column)) : Optional.empty();
            counts[0]++;
            counts[1] += ref.isPresent() ? 1 : 0;
            if (counts[1] != 0 && counts[1] != counts[0]) {
              throw row.error(
                  "the field \"" + column + "\" is in some rows and not in others",
                  "give it in every row or in none");
            }
            append(appender, file, row, ref);
          });
    } catch (SQLException e) {
      throw Duck.failed(e);
    }
    referenced = counts[1] > 0;
  }

  private static void append(
      DuckDBAppender appender, Path file, JsonRow row, Optional<Double> reference) {
    JsonScores.Sum sum = JsonScores.sum(row);
    String example = row.name("example_id");
    String prompt = row.name("prompt_id");
    String model = row.name("model");
    try {
      appender.beginRow();
      appender.append(file.toString());
      appender.append(row.number());
      appender.append(example);
      appender.append(prompt);
      appender.append(model);
      appender.append(sum.logProb());
      appender.append(sum.tokens());
      if (reference.isPresent()) {
        appender.append(reference.get().doubleValue());
      } else {
        appender.appendNull();
      }
      appender.endRow();
    } catch (SQLException e) {
      throw Duck.failed(e);
    }
  }

  private DuckDBConnection connection() {
    return (DuckDBConnection) duck.connection();
  }
}
