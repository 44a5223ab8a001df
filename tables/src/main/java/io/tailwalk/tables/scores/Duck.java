package io.tailwalk.tables.scores;

import io.tailwalk.records.AtomicFiles;
import io.tailwalk.records.Scratch;
import io.tailwalk.records.TableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * A private in-memory DuckDB that spills to the process's scratch folder and makes no network
 * access.
 */
final class Duck implements AutoCloseable {
  /** Options of {@code read_parquet}: rows are numbered, and folder names are no columns. */
  static final String PARQUET = "file_row_number = true, hive_partitioning = false";

  private final Connection connection;
  private final Path folder;
  private int links;

  Duck() {
    this(false);
  }

  /** With results in memory as a whole, or one part at a time. */
  Duck(boolean streaming) {
    DuckLibrary.prepare();
    folder = Scratch.folder("duckdb");
    try {
      Properties properties = new Properties();
      properties.setProperty("jdbc_stream_results", String.valueOf(streaming));
      connection = DriverManager.getConnection("jdbc:duckdb:", properties);
      run("SET temp_directory = " + text(folder.resolve("spill").toString()));
      run("SET autoinstall_known_extensions = false");
      run("SET autoload_known_extensions = false");
    } catch (SQLException e) {
      Scratch.delete(folder);
      throw failed(e);
    }
  }

  /** Reads results; the statement is closed afterwards. */
  @FunctionalInterface
  interface Reader<T> {
    T read(ResultSet rows) throws SQLException;
  }

  /**
   * Another name of a file, which DuckDB takes for this file: user's names may look like patterns
   * ({@code a[1].parquet}), partitions ({@code model=a/b.parquet}) or addresses.
   */
  String plain(Path file) {
    Path link = folder.resolve("file" + links++);
    try {
      return escaped(Files.createSymbolicLink(link, file.toAbsolutePath()));
    } catch (IOException | UnsupportedOperationException _) {
      return escaped(copied(file, link));
    }
  }

  /** For systems on which links need a privilege. */
  private static Path copied(Path file, Path link) {
    try {
      return Files.copy(file, link);
    } catch (IOException e) {
      throw AtomicFiles.unreadable(file, e);
    }
  }

  /** The temporary folder is the system's, and its name may hold anything too. */
  private static String escaped(Path path) {
    return path.toString().replaceAll("[*?\\[]", "[$0]");
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
      Scratch.delete(folder);
    }
  }
}
