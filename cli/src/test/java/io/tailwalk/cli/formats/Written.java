package io.tailwalk.cli.formats;

import com.github.luben.zstd.Zstd;
import io.tailwalk.cli.CliRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.GZIPOutputStream;

/** Writes small files in the forms of other tools, and gives text to standard input. */
final class Written {
  private Written() {}

  static String text(Path file, String text) throws IOException {
    return Files.writeString(file, text).toString();
  }

  static String gzip(Path file, String text) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file.toString();
  }

  static String zstd(Path file, String text) throws IOException {
    return Files.write(file, Zstd.compress(text.getBytes(StandardCharsets.UTF_8))).toString();
  }

  /** As Parquet, with columns as SQL over those of a JSON array or JSON lines. */
  static String parquet(Path file, String columns, String json) throws IOException {
    // DuckDB takes names such as "a=b" for columns, so the source has a name of its own.
    Path source = Files.writeString(Files.createTempFile("source", ".json"), json);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT %s FROM read_json('%s')) TO '%s' (FORMAT parquet)"
              .formatted(columns, source, file));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    Files.delete(source);
    return file.toString();
  }

  /** JSON lines as one JSON array. */
  static String array(String lines) {
    return "[" + lines.strip().replace("\n", ",\n") + "]";
  }

  /** Runs a command with a text as standard input. */
  static CliRun withInput(String text, String... words) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    try {
      return CliRun.of(words);
    } finally {
      System.setIn(before);
    }
  }
}
