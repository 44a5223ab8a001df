package io.tailwalk.records.input;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.tailwalk.records.JsonRow;
import io.tailwalk.records.TableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Separated values, by a fixed rule: UTF-8; the first line is the header; the separator is the one
 * of tab, semicolon and comma that occurs in the header; fields may be quoted by {@code "}, which
 * is doubled inside them; empty lines are skipped; every row has as many fields as the header. The
 * first column may be without a name, as an index is, and is skipped then.
 */
public final class SeparatedRows {
  private static final String SEPARATORS = "\t;,";
  private static final int LONGEST_HEADER = 1 << 20;

  /**
   * The header of a file.
   *
   * @param separator the character between fields
   * @param names of the columns, unique; an index without a name is {@code ""} and the first
   */
  public record Header(char separator, List<String> names) {
    /** Keeps an immutable copy. */
    public Header {
      names = List.copyOf(names);
    }

    /** Whether the first column is an index without a name. */
    public boolean indexed() {
      return names.getFirst().isEmpty();
    }
  }

  private SeparatedRows() {}

  /**
   * Reads the header.
   *
   * @throws TableException if it is ambiguous, or a name is missing or occurs twice
   */
  public static Header header(Input input) {
    try (BufferedReader text = new BufferedReader(text(input))) {
      text.mark(LONGEST_HEADER);
      char separator = separator(input, firstLine(input, text));
      text.reset();
      CsvRecord first = reader(separator, text).iterator().next();
      return new Header(separator, names(input, first.getFields()));
    } catch (IOException e) {
      throw failed(input, 1, e);
    } catch (UncheckedIOException | CsvParseException e) {
      throw failed(input, 1, e);
    }
  }

  static void forEach(Input input, Consumer<JsonRow> rows) {
    Header header = header(input);
    long seen = 0;
    long line = 1;
    try (Reader text = text(input);
        CsvReader<CsvRecord> csv = reader(header.separator(), text)) {
      for (CsvRecord row : csv) {
        line = row.getStartingLineNumber();
        List<String> fields = row.getFields();
        if (seen++ == 0) {
          continue;
        }
        check(input, header, line, fields);
        rows.accept(JsonRow.ofText(input.name(), line, object(header, fields)));
      }
    } catch (IOException e) {
      throw failed(input, line, e);
    } catch (UncheckedIOException | CsvParseException e) {
      throw failed(input, line + 1, e);
    }
    if (seen < 2) {
      throw input.error("the file holds a header and no rows", "give at least one row");
    }
  }

  private static ObjectNode object(Header header, List<String> fields) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (int i = header.indexed() ? 1 : 0; i < fields.size(); i++) {
      String field = fields.get(i);
      if (field.isEmpty()) {
        object.putNull(header.names().get(i));
      } else {
        object.put(header.names().get(i), field);
      }
    }
    return object;
  }

  private static void check(Input input, Header header, long line, List<String> fields) {
    if (fields.size() != header.names().size()) {
      throw TableException.at(
          input.name(),
          line,
          "%d fields under a header of %d".formatted(fields.size(), header.names().size()),
          "give every row as many fields as the header, and files with different columns separately");
    }
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).indexOf('\0') >= 0) {
        throw TableException.at(
            input.name(),
            line,
            "a field of column %s holds a zero byte"
                .formatted(TableException.quoted(header.names().get(i))),
            "remove it");
      }
    }
    if (fields.equals(header.names())) {
      throw TableException.at(
          input.name(), line, "the header occurs again", "remove it, or give the files separately");
    }
  }

  private static List<String> names(Input input, List<String> header) {
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String field : header) {
      String name = names.isEmpty() && field.startsWith("\uFEFF") ? field.substring(1) : field;
      if (name.isBlank() && !names.isEmpty()) {
        throw TableException.at(
            input.name(), 1, "column " + (names.size() + 1) + " has no name", "name every column");
      }
      if (!seen.add(name)) {
        throw TableException.at(
            input.name(),
            1,
            "two columns are named " + TableException.quoted(name),
            "give each column its own name");
      }
      names.add(name.isBlank() ? "" : name);
    }
    return names;
  }

  private static char separator(Input input, String line) {
    StringBuilder found = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      quoted ^= c == '"';
      if (!quoted && SEPARATORS.indexOf(c) >= 0 && found.indexOf(String.valueOf(c)) < 0) {
        found.append(c);
      }
    }
    if (found.length() > 1) {
      throw TableException.at(
          input.name(),
          1,
          "the header holds more than one of tab, semicolon and comma",
          "quote the names of the columns, or save the file with one separator");
    }
    return found.isEmpty() ? ',' : found.charAt(0);
  }

  private static String firstLine(Input input, BufferedReader text) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = text.read(); c >= 0 && c != '\n' && c != '\r'; c = text.read()) {
      line.append((char) c);
      if (line.length() == LONGEST_HEADER) {
        throw TableException.at(
            input.name(), 1, "the header is longer than 1 MiB", "give a table with a header");
      }
    }
    return line.toString();
  }

  private static Reader text(Input input) {
    return new InputStreamReader(input.open(), StandardCharsets.UTF_8.newDecoder());
  }

  private static CsvReader<CsvRecord> reader(char separator, Reader text) {
    return CsvReader.builder()
        .fieldSeparator(separator)
        .allowExtraFields(true)
        .allowMissingFields(true)
        .ofCsvRecord(text);
  }

  /** The line of the first malformed character. */
  private static long malformed(Input input) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    CharBuffer text = CharBuffer.allocate(1 << 16);
    long line = 1;
    char before = 0;
    try (InputStream in = input.open()) {
      boolean more = true;
      while (more) {
        int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
        more = count >= 0;
        bytes.position(bytes.position() + Math.max(0, count)).flip();
        CoderResult result = decoder.decode(bytes, text.clear(), !more);
        text.flip();
        while (text.hasRemaining()) {
          char c = text.get();
          line += c == '\r' || (c == '\n' && before != '\r') ? 1 : 0;
          before = c;
        }
        if (result.isError()) {
          return line;
        }
        bytes.compact();
      }
      return line;
    } catch (IOException e) {
      throw input.unreadable(e);
    }
  }

  private static TableException failed(Input input, long line, Exception e) {
    Throwable cause = e.getCause() instanceof IOException io ? io : e;
    if (cause instanceof CharacterCodingException) {
      // The reader decodes ahead of its rows.
      return TableException.at(
          input.name(), malformed(input), "not valid UTF-8", "save the file as UTF-8 text");
    }
    if (cause instanceof IOException io) {
      return input.unreadable(io);
    }
    return new TableException(
        "%s, row %d or after it: not readable as separated values (%s); close every quote, and double quotes inside fields."
            .formatted(input, line, TableException.quoted(String.valueOf(e.getMessage()))),
        e);
  }
}
