package io.tailwalk.records;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.util.Iterator;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON dialect of all files: strict on reading (no duplicate names, nothing after the value)
 * and valid UTF-8 on writing.
 */
public final class JsonText {
  private JsonText() {}

  /**
   * Parses one JSON value.
   *
   * @param json the text
   * @return its tree; fractions are doubles
   * @throws JacksonException if the text is not one JSON value
   */
  public static JsonNode parse(String json) {
    return JsonMappers.STRICT.readTree(json);
  }

  /**
   * The error in a text that is not JSON, in one line for use in a sentence: the parser's message
   * without its advice to programmers.
   */
  public static String reason(JacksonException failure) {
    String ours =
        withoutAdvice(failure)
            .replaceFirst("^Non-standard token '([^']*)'.*", "$1 is not a number in JSON");
    return TableException.quoted(ours).replace("\"", "");
  }

  /**
   * The first line of a parser's message, for JSON and YAML, without the names of Java classes and
   * options that it advises.
   */
  public static String withoutAdvice(JacksonException failure) {
    String message = failure.getOriginalMessage();
    if (message == null || message.isBlank()) {
      return "unreadable";
    }
    return message
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst("^Unexpected end-of-input.*", "it ends too early")
        .replaceFirst(": enable `[^`]*` to allow", "")
        .replaceFirst(" \\(not recognized as one since [^)]*\\)", "")
        .replaceFirst(", from `[^`]*`", "");
  }

  /** The place of an error, such as {@code " (line 3)"}; empty if the parser does not know it. */
  public static String place(JacksonException failure) {
    TokenStreamLocation place = failure.getLocation();
    return place == null || place.getLineNr() < 1 ? "" : " (line " + place.getLineNr() + ")";
  }

  /**
   * Parses one JSON value of a file of other people's, which may hold {@code NaN} and {@code
   * Infinity} as Python writes them; the reader of a field decides what they mean. Fractions keep
   * their digits, so that a number that is too large for a double is not mistaken for infinity.
   *
   * @throws JacksonException if the text is not one JSON value
   */
  public static JsonNode parseData(String json) {
    return exactly(() -> JsonMappers.DATA.readTree(json));
  }

  /** A parser of a stream of UTF-8, for values that do not fit into memory together. */
  public static JsonParser parser(InputStream in) {
    return JsonMappers.PARTS.createParser(in);
  }

  /** The value at a parser's current token, as by {@link #parseData}. */
  public static JsonNode readData(JsonParser parser) {
    return exactly(() -> JsonMappers.PARTS.readTree(parser));
  }

  /** Parses one JSON value and keeps its fractions digit for digit, for copying. */
  static JsonNode parseExactly(String json) {
    return exactly(() -> JsonMappers.EXACT.readTree(json));
  }

  /** Reading that keeps digits fails in its own way for exponents that need more than 32 bits. */
  private static JsonNode exactly(Supplier<JsonNode> reading) {
    try {
      return reading.get();
    } catch (NumberFormatException e) {
      throw new StreamReadException(null, "a number has too large an exponent", e);
    }
  }

  /**
   * Writes a tree on one line. Doubles are written as the shortest text that reads back to the same
   * double; half surrogate pairs, which UTF-8 cannot represent, are written as escapes.
   *
   * @param node what to write
   * @return JSON without line breaks
   */
  public static String line(JsonNode node) {
    return escapeHalfPairs(JsonMappers.STRICT.writeValueAsString(node));
  }

  /**
   * Writes a tree over several indented lines.
   *
   * @param node what to write
   * @return JSON ending in a line break
   */
  public static String pretty(JsonNode node) {
    return escapeHalfPairs(
            JsonMappers.STRICT.writerWithDefaultPrettyPrinter().writeValueAsString(node))
        + "\n";
  }

  /**
   * Writes what {@link #pretty(JsonNode)} writes for an object with an array as its last field,
   * with one element in memory at a time.
   *
   * @param head the object's other fields
   * @param last the name of the last field
   * @param elements its elements
   * @throws IOException if {@code out} cannot be written
   */
  public static void pretty(
      ObjectNode head, String last, Iterator<? extends JsonNode> elements, Writer out)
      throws IOException {
    ObjectNode empty = head.deepCopy();
    empty.putArray(last);
    String shell = pretty(empty);
    int end = shell.lastIndexOf(']');
    out.write(shell, 0, end);
    for (boolean first = true; elements.hasNext(); first = false) {
      out.write(first ? "" : ", ");
      out.write(pretty(elements.next()).strip().replace("\n", "\n  "));
      out.write(elements.hasNext() ? "" : " ");
    }
    out.write(shell, end, shell.length() - end);
  }

  /** Whether a text holds half of a surrogate pair, which readers refuse in the name of a field. */
  static boolean hasHalfPair(String text) {
    return text.codePoints().anyMatch(JsonText::isHalfPair);
  }

  // Surrogates occur in JSON only inside strings, where they can always be escaped.
  private static String escapeHalfPairs(String json) {
    if (!hasHalfPair(json)) {
      return json;
    }
    StringBuilder out = new StringBuilder(json.length() + 16);
    json.codePoints()
        .forEach(point -> {
          if (isHalfPair(point)) {
            out.append("\\u%04x".formatted(point));
          } else {
            out.appendCodePoint(point);
          }
        });
    return out.toString();
  }

  private static boolean isHalfPair(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
