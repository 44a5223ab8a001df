package io.tailwalk.records.input;

import io.tailwalk.records.JsonLines;
import io.tailwalk.records.JsonRow;
import io.tailwalk.records.JsonText;
import io.tailwalk.records.TableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The rows of a file in any {@link Format}, as JSON objects, one at a time in memory. */
public final class Rows {
  /** The field that holds a row of a JSON array that is not an object. */
  public static final String BARE = "";

  private Rows() {}

  /** Reads Parquet, found by {@link ServiceLoader}; module {@code tables} has one. */
  public interface ParquetRows {
    /**
     * Passes every row as an object, with its number from 1.
     *
     * @throws TableException if the file cannot be read
     */
    void forEach(Input input, Consumer<JsonRow> rows);
  }

  /**
   * Passes every row in the order of the file. Rows count from 1: lines of text (the header of
   * separated values is line 1), elements of an array. Fields of separated values are unparsed
   * text. An element of an array that is not an object is passed as an object with the one field
   * {@link #BARE}. Fields whose column was chosen have its content.
   *
   * @throws TableException that names file and row if the file cannot be read, or has no rows
   */
  public static void forEach(Input input, Consumer<JsonRow> rows) {
    if (input.columns().isEmpty()) {
      read(input, rows);
    } else {
      read(input, row -> rows.accept(withFields(input, row)));
    }
  }

  private static JsonRow withFields(Input input, JsonRow row) {
    ObjectNode object = row.object().deepCopy();
    input
        .columns()
        .forEach((field, column) -> {
          JsonNode value = row.object().get(column);
          if (value == null) {
            throw row.error(
                "there is no field " + TableException.quoted(column),
                "its fields are " + ColumnMap.names(row.object().propertyNames()));
          }
          object.set(field, value);
        });
    return new JsonRow(row.file(), row.number(), object, row.dialect());
  }

  private static void read(Input input, Consumer<JsonRow> rows) {
    switch (Format.of(input)) {
      case JSON_LINES -> JsonLines.forEach(input, rows);
      case JSON_ARRAY -> array(input, rows);
      case JSON_DOCUMENT -> rows.accept(JsonRow.ofData(input.name(), 1, document(input)));
      case SEPARATED -> SeparatedRows.forEach(input, rows);
      case PARQUET -> parquet(input).forEach(input, rows);
    }
  }

  /** The first rows of a file, at most as many as given. */
  public static List<JsonRow> first(Input input, int most) {
    List<JsonRow> rows = new ArrayList<>();
    try {
      forEach(
          input,
          row -> {
            rows.add(row);
            if (rows.size() == most) {
              throw new Enough();
            }
          });
    } catch (Enough _) {
      return List.copyOf(rows);
    }
    return List.copyOf(rows);
  }

  /** Ends a visit early. */
  private static final class Enough extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private Enough() {
      super(null, null, false, false);
    }
  }

  private static ParquetRows parquet(Input input) {
    return ServiceLoader.load(ParquetRows.class)
        .findFirst()
        .orElseThrow(() ->
            input.error(
                "Parquet needs the module tailwalk-tables",
                "add it to the class path, or convert the file to JSON lines"));
  }

  private static void array(Input input, Consumer<JsonRow> rows) {
    long row = 0;
    try (InputStream in = input.open();
        JsonParser parser = JsonText.parser(in)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        JsonNode node = JsonText.readData(parser);
        row++;
        rows.accept(JsonRow.ofData(input.name(), row, object(node)));
      }
      if (parser.nextToken() != null) {
        throw input.error("text follows the array", "give one array of rows");
      }
    } catch (JacksonException e) {
      throw TableException.at(
          input.name(),
          row + 1,
          "not valid JSON (" + JsonText.reason(e) + ")",
          "give one array of rows");
    } catch (IOException e) {
      throw input.unreadable(e);
    }
    if (row == 0) {
      throw input.error("the file holds no rows", "give at least one row");
    }
  }

  private static ObjectNode object(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.set(BARE, node);
    return object;
  }

  private static ObjectNode document(Input input) {
    try (InputStream in = input.open();
        JsonParser parser = JsonText.parser(in)) {
      parser.nextToken();
      JsonNode node = JsonText.readData(parser);
      if (parser.nextToken() != null) {
        throw input.error(
            "several JSON objects over several lines",
            "write one object on each line, or one array");
      }
      return node instanceof ObjectNode object ? object : object(node);
    } catch (JacksonException e) {
      throw TableException.at(
          input.name(),
          e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr()),
          "not valid JSON (" + JsonText.reason(e) + ")",
          "write one complete JSON object on each line, or one document");
    } catch (IOException e) {
      throw input.unreadable(e);
    }
  }
}
