package io.tailwalk.records;

import io.tailwalk.records.input.Input;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a file of JSON objects, one per line; empty lines are skipped but counted. */
public final class JsonLines {
  private static final int LONGEST_LINE = 256 << 20;

  private JsonLines() {}

  /**
   * Passes every object of a file to {@code rows}, in order, with one line in memory at a time.
   *
   * @param file a UTF-8 file, with or without a byte order mark
   * @param rows receiver of each row
   * @throws TableException if the file cannot be read, has no row, or a row is not a JSON object
   */
  public static void forEach(Path file, Consumer<JsonRow> rows) {
    forEach(file, JsonText::parse, rows);
  }

  /** The same with the caller's parser, whose {@link JacksonException} becomes an error message. */
  public static void forEach(Path file, Function<String, JsonNode> parser, Consumer<JsonRow> rows) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      forEach(file, in, parser, rows);
    } catch (IOException e) {
      throw AtomicFiles.unreadable(file, e);
    }
  }

  /**
   * Passes every object of a file of other people's, by the dialect of {@link JsonText#parseData}.
   */
  public static void forEach(Input input, Consumer<JsonRow> rows) {
    try (InputStream in = input.open()) {
      forEach(
          input.name(),
          in,
          JsonText::parseData,
          row -> rows.accept(JsonRow.ofData(row.file(), row.number(), row.object())));
    } catch (IOException e) {
      throw input.unreadable(e);
    }
  }

  private static void forEach(
      Path file, InputStream in, Function<String, JsonNode> parser, Consumer<JsonRow> rows)
      throws IOException {
    long seen = 0;
    LineReader lines = new LineReader(file, in);
    while (lines.next()) {
      String line = lines.text();
      if (!line.isBlank()) {
        rows.accept(row(file, lines.number, line, parser));
        seen++;
      }
    }
    if (seen == 0) {
      throw TableException.in(
          file, "the file holds no rows", "give at least one JSON object on a separate line");
    }
  }

  private static JsonRow row(
      Path file, long number, String line, Function<String, JsonNode> parser) {
    JsonNode node;
    try {
      node = parser.apply(line);
    } catch (JacksonException e) {
      throw TableException.at(
          file,
          number,
          "not valid JSON (" + JsonText.reason(e) + ")",
          "write one complete JSON object on each line");
    }
    if (node instanceof ObjectNode object) {
      return new JsonRow(file, number, object);
    }
    throw TableException.at(
        file,
        number,
        "expected a JSON object, found " + JsonRow.kind(node),
        "write one object in braces on each line");
  }

  /** Splits at line feeds only, and decodes each line strictly. */
  private static final class LineReader {
    private final Path file;
    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1 << 10);
    private long number;

    private LineReader(Path file, InputStream in) {
      this.file = file;
      this.in = in;
    }

    private boolean next() throws IOException {
      line.reset();
      number++;
      int b = in.read();
      if (b < 0) {
        return false;
      }
      for (; b >= 0 && b != '\n'; b = in.read()) {
        if (line.size() == LONGEST_LINE) {
          throw TableException.at(
              file, number, "the line is longer than 256 MiB", "write one object on each line");
        }
        line.write(b);
      }
      return true;
    }

    private String text() {
      try {
        String text =
            StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(line.toByteArray()))
                .toString();
        return number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
      } catch (CharacterCodingException e) {
        throw TableException.at(file, number, "not valid UTF-8", "save the file as UTF-8 text");
      }
    }
  }
}
