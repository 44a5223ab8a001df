package io.tailwalk.tables.scores;

import io.tailwalk.records.JsonRow;
import java.sql.SQLException;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Receives rows that are copied into DuckDB, and counts what remarks and warnings tell. */
final class ScoreSink implements AutoCloseable {
  static final String COLUMNS =
      "file, row, example_id, prompt_id, model, log_prob, tokens, reference";

  private final DuckDBAppender appender;
  private long tolerated;
  private long rows;

  ScoreSink(Duck duck) {
    duck.run(
        "CREATE TEMP TABLE IF NOT EXISTS copied (file VARCHAR, row BIGINT, example_id VARCHAR,"
            + " prompt_id VARCHAR, model VARCHAR, log_prob DOUBLE, tokens BIGINT, reference DOUBLE)");
    try {
      appender = ((DuckDBConnection) duck.connection()).createAppender("temp", "main", "copied");
    } catch (SQLException e) {
      throw Duck.failed(e);
    }
  }

  /**
   * Adds a row.
   *
   * @param reference log-probability under the reference; NaN if the file has none
   */
  void add(
      JsonRow row,
      String example,
      String prompt,
      String model,
      ScoreNumbers.Sum sum,
      double reference) {
    tolerated += sum.tolerated() ? 1 : 0;
    rows++;
    try {
      appender.beginRow();
      appender.append(row.file().toString());
      appender.append(row.number());
      appender.append(example);
      appender.append(prompt);
      appender.append(model);
      appender.append(sum.logProb());
      appender.append(sum.tokens());
      if (Double.isNaN(reference)) {
        appender.appendNull();
      } else {
        appender.append(reference);
      }
      appender.endRow();
    } catch (SQLException e) {
      throw Duck.failed(e);
    }
  }

  /** Rows with a term that counts as zero by tolerance, where only the sum was stored. */
  long tolerated() {
    return tolerated;
  }

  /** Rows so far. */
  long rows() {
    return rows;
  }

  @Override
  public void close() {
    try {
      appender.close();
    } catch (SQLException e) {
      throw Duck.failed(e);
    }
  }
}
