package io.tailwalk.runs.files;

import io.tailwalk.core.Plural;
import io.tailwalk.records.Json;
import io.tailwalk.records.JsonRow;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Field;
import io.tailwalk.records.input.Format;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.input.Kind;
import io.tailwalk.records.input.Rows;
import io.tailwalk.report.ConsoleTable;
import io.tailwalk.report.Printable;
import io.tailwalk.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What a file is taken for: its format, its columns, its first rows, and what each command does
 * with it. A command's answer comes from its own reader, not from a guess.
 *
 * @param file the file as it was named
 * @param format the format, in a few words
 * @param compression the compression: none, gzip or zstd
 * @param bytes its size as it is stored
 * @param kind what a row is, in a few words
 * @param rows number of rows
 * @param columns columns in the order of their first appearance
 * @param first the first rows as JSON
 * @param uses what each command does with the file
 */
public record Inspection(
    String file,
    String format,
    String compression,
    long bytes,
    String kind,
    long rows,
    List<Column> columns,
    List<JsonNode> first,
    List<Use> uses) {
  private static final int SHOWN = 3;
  private static final int LONGEST_ROW = 300;

  /**
   * A column.
   *
   * @param name its name
   * @param types JSON types of its values, with "text" for separated values
   * @param rows number of rows in which it has a value
   * @param meanings the fields it can stand for, by our names; empty if it is not one of them
   */
  public record Column(String name, List<String> types, long rows, List<String> meanings) {
    /** Keeps immutable copies. */
    public Column {
      types = List.copyOf(types);
      meanings = List.copyOf(meanings);
    }
  }

  /**
   * What a command does with the file.
   *
   * @param command the command and its flag
   * @param reads whether it reads the file as it is
   * @param answer what it finds in the file, or why it refuses it
   */
  public record Use(String command, boolean reads, String answer) {}

  /** Keeps immutable copies. */
  public Inspection {
    columns = List.copyOf(columns);
    first = List.copyOf(first);
    uses = List.copyOf(uses);
  }

  /**
   * Inspects the files of a name, which may be a pattern or {@code -}, one after the other.
   *
   * @param faults receives the error of each file that cannot be read
   * @throws TableException if there is no file of the name
   */
  public static void forEach(
      String name, Consumer<Inspection> found, Consumer<RuntimeException> faults) {
    for (Input input : Input.named(name)) {
      Optional<Inspection> inspection = Optional.empty();
      try {
        inspection = Optional.of(of(input));
      } catch (TableException e) {
        faults.accept(e);
      }
      inspection.ifPresent(found);
    }
  }

  /**
   * Inspects a file; every row is read.
   *
   * @throws TableException if it cannot be read to its end
   */
  public static Inspection of(Input input) {
    Scan scan = new Scan();
    Rows.forEach(input, scan::add);
    return new Inspection(
        input.toString(),
        Format.of(input).words(),
        input.compression().name().toLowerCase(Locale.ROOT),
        size(input),
        scan.kinds.stream().map(Kind::words).collect(Collectors.joining("; ")),
        scan.rows,
        scan.columns(),
        scan.first,
        Uses.of(input));
  }

  private static long size(Input input) {
    try {
      return Files.size(input.file());
    } catch (IOException e) {
      throw input.unreadable(e);
    }
  }

  /** Gathers the facts of all rows. */
  private static final class Scan {
    private final List<Kind> kinds = new ArrayList<>();
    private final List<JsonNode> first = new ArrayList<>();
    private final Map<String, Seen> seen = new LinkedHashMap<>();
    private long rows;

    private static final class Seen {
      private final List<String> types = new ArrayList<>();
      private long rows;
    }

    private void add(JsonRow row) {
      Kind kind = Kind.of(row);
      if (!kinds.contains(kind)) {
        kinds.add(kind);
      }
      rows++;
      if (first.size() < SHOWN) {
        first.add(row.object());
      }
      row.object()
          .properties()
          .forEach(field -> {
            if (field.getValue().isNull()) {
              return;
            }
            Seen column = seen.computeIfAbsent(field.getKey(), _ -> new Seen());
            String type = type(row, field.getValue());
            if (!column.types.contains(type)) {
              column.types.add(type);
            }
            column.rows++;
          });
    }

    private static String type(JsonRow row, JsonNode value) {
      return row.dialect() == JsonRow.Dialect.TEXT ? "text" : JsonRow.kind(value);
    }

    private List<Column> columns() {
      return seen.entrySet().stream()
          .map(entry ->
              new Column(
                  entry.getKey(),
                  entry.getValue().types,
                  entry.getValue().rows,
                  Field.meaningsOf(entry.getKey())))
          .toList();
    }
  }

  /** The facts as one line of JSON. */
  public String json() {
    return JsonText.line(Json.of(this));
  }

  /**
   * The facts as text for a terminal.
   *
   * @param width width of the terminal, in columns
   * @param styled whether terminal escapes may be used
   */
  public String text(int width, boolean styled) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s: %s%s, %s, %s\ntaken for: %s\n\n"
            .formatted(
                Printable.onOneLine(file),
                format,
                compression.equals("none") ? "" : " (" + compression + ")",
                Plural.of(bytes, "byte"),
                Plural.of(rows, "row"),
                kind));
    text.append(ConsoleTable.render(columnTable(), width, styled)).append('\n');
    text.append(ConsoleTable.render(useTable(), width, styled)).append('\n');
    for (int i = 0; i < first.size(); i++) {
      String line = Printable.onOneLine(JsonText.line(first.get(i)));
      text.append("row ")
          .append(i + 1)
          .append(": ")
          .append(
              line.codePointCount(0, line.length()) <= LONGEST_ROW
                  ? line
                  : line.substring(0, line.offsetByCodePoints(0, LONGEST_ROW)) + "…")
          .append('\n');
    }
    return text.toString();
  }

  private Table columnTable() {
    return Table.of("Columns", columns)
        .text("column", Column::name)
        .text("type", column -> String.join(", ", column.types()))
        .whole("rows with a value", Column::rows)
        .text("can be read as", column -> String.join(", ", column.meanings()))
        .build();
  }

  private Table useTable() {
    return Table.of("Commands", uses)
        .text("command", Use::command)
        .text("reads it", use -> use.reads() ? "yes" : "no")
        .text("what it finds", Use::answer)
        .build();
  }
}
