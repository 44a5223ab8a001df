package io.tailwalk.tables.scores;

import io.tailwalk.records.JsonRow;
import io.tailwalk.records.Scratch;
import io.tailwalk.records.TableException;
import io.tailwalk.records.input.Compression;
import io.tailwalk.records.input.Input;
import io.tailwalk.records.input.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.duckdb.DuckDBArray;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Rows of Parquet files as JSON objects, through DuckDB, in the order of the file. */
public final class ParquetReader implements Rows.ParquetRows {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** For the service loader. */
  public ParquetReader() {}

  @Override
  public void forEach(Input input, Consumer<JsonRow> rows) {
    try (Duck duck = new Duck(true)) {
      String from =
          "read_parquet(%s, %s)".formatted(Duck.text(duck.plain(file(input))), Duck.PARQUET);
      long seen =
          duck.query(
              "SELECT * EXCLUDE (file_row_number) FROM " + from,
              found -> visit(input, found, rows));
      if (seen == 0) {
        throw input.error("the file holds no rows", "give at least one row");
      }
    } catch (TableException e) {
      throw e.getCause() instanceof SQLException
          ? new TableException(
              input
                  + ": not readable as Parquet ("
                  + reason(String.valueOf(e.getCause().getMessage()))
                  + "); it may be cut off; write it again.",
              e)
          : e;
    }
  }

  /** The first line of DuckDB's message, without the name of the link to the file. */
  private static String reason(String message) {
    String first = message.lines().findFirst().orElse("");
    return TableException.quoted(first.replaceAll(" (?:of|in|from|for) file '[^']*'.*", ""))
        .replace("\"", "");
  }

  private static Path file(Input input) {
    if (input.compression() == Compression.NONE) {
      return input.file();
    }
    try (InputStream in = input.open()) {
      return Scratch.copy(in);
    } catch (IOException e) {
      throw input.unreadable(e);
    }
  }

  private static long visit(Input input, ResultSet found, Consumer<JsonRow> rows)
      throws SQLException {
    ResultSetMetaData columns = found.getMetaData();
    List<String> names = new ArrayList<>();
    for (int column = 1; column <= columns.getColumnCount(); column++) {
      names.add(columns.getColumnName(column));
    }
    long row = 0;
    while (found.next()) {
      ObjectNode object = JSON.objectNode();
      for (int column = 0; column < names.size(); column++) {
        object.set(names.get(column), json(found.getObject(column + 1)));
      }
      rows.accept(JsonRow.ofData(input.name(), ++row, object));
    }
    return row;
  }

  /** A value; what JSON has no form for, such as a time, is its text. */
  private static JsonNode json(@Nullable Object value) throws SQLException {
    return switch (value) {
      case null -> JSON.nullNode();
      case Boolean b -> JSON.booleanNode(b);
      case BigInteger n -> JSON.numberNode(n);
      case BigDecimal n -> JSON.numberNode(n);
      case Double n -> JSON.numberNode(n);
      case Float n -> JSON.numberNode((double) n);
      case Number n -> JSON.numberNode(n.longValue());
      case DuckDBArray list -> array(Arrays.asList((Object[]) list.getArray()));
      case DuckDBStruct struct -> object(struct.getMap());
      case List<?> list -> array(list);
      case Map<?, ?> map -> object(map);
      default -> JSON.stringNode(value.toString());
    };
  }

  private static ArrayNode array(List<?> values) throws SQLException {
    ArrayNode array = JSON.arrayNode();
    for (Object value : values) {
      array.add(json(value));
    }
    return array;
  }

  private static ObjectNode object(Map<?, ?> members) throws SQLException {
    ObjectNode object = JSON.objectNode();
    for (Map.Entry<?, ?> member : members.entrySet()) {
      object.set(String.valueOf(member.getKey()), json(member.getValue()));
    }
    return object;
  }
}
