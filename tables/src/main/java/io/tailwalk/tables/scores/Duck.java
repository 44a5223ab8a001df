package io.tailwalk.tables.scores;

import io.tailwalk.records.Scratch;
import io.tailwalk.records.TableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** A private in-memory DuckDB that spills to a private folder and makes no network access. */
final class Duck implements AutoCloseable {
  private final Connection connection;
  private final Path spill;

  Duck() {
    DuckLibrary.prepare();
    spill = Scratch.folder("scores");
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:");
      run("SET temp_directory = " + text(spill.toString()));
      run("SET autoinstall_known_extensions = false");
      run("SET autoload_known_extensions = false");
    } catch (SQLException e) {
      Scratch.delete(spill);
      throw failed(e);
    }
  }

  /** Reads results; the statement is closed afterwards. */
  @FunctionalInterface
  interface Reader<T> {
    T read(ResultSet rows) throws SQLException;
  }

  void run(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  <T> T query(String sql, Reader<T> reader) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return reader.read(rows);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  Connection connection() {
    return connection;
  }

  /** A string literal. */
  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** A column name. */
  static String name(String value) {
    return "\"" + value.replace("\"", "\"\"") + "\"";
  }

  /** A list of string literals. */
  static String texts(List<String> values) {
    return values.stream().map(Duck::text).collect(Collectors.joining(", ", "[", "]"));
  }

  static TableException failed(SQLException e) {
    String message = String.valueOf(e.getMessage());
    int cut = message.indexOf('\n');
    String first = cut < 0 ? message : message.substring(0, cut);
    return new TableException("the score table cannot be read (" + first + ").", e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      Scratch.delete(spill);
    }
  }
}
