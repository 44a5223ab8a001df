package io.tailwalk.records.input;

import io.tailwalk.records.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;

/** The format of a file, recognised by its content; names and extensions do not matter. */
public enum Format {
  /** One JSON object per line. */
  JSON_LINES("JSON lines"),
  /** One JSON array of rows. */
  JSON_ARRAY("a JSON array"),
  /** One JSON object over several lines. */
  JSON_DOCUMENT("a JSON document"),
  /** A header and rows of separated values: commas, semicolons or tabs. */
  SEPARATED("separated values with a header"),
  /** Apache Parquet. */
  PARQUET("Parquet");

  private static final int BEGINNING = 1 << 20;
  private final String words;

  Format(String words) {
    this.words = words;
  }

  /** The format in a few words. */
  public String words() {
    return words;
  }

  /**
   * The format of a file.
   *
   * @throws io.tailwalk.records.TableException if the file is empty or is not text
   */
  public static Format of(Input input) {
    byte[] begin;
    try (InputStream in = input.open()) {
      begin = in.readNBytes(BEGINNING);
    } catch (IOException e) {
      throw input.unreadable(e);
    }
    if (Compression.starts(begin, 'P', 'A', 'R', '1')) {
      return PARQUET;
    }
    if (Compression.starts(begin, 'P', 'K', 3, 4)) {
      throw input.error(
          "a zip archive",
          "unpack it; convert a log of Inspect AI (.eval) with 'inspect log convert --to json'");
    }
    if (Compression.starts(begin, 0xff, 0xfe) || Compression.starts(begin, 0xfe, 0xff)) {
      throw input.error("text in UTF-16", "save the file as UTF-8 text");
    }
    if (!isText(begin)) {
      throw input.error(
          "neither text nor Parquet",
          "give JSON lines, JSON, CSV, TSV or Parquet, or their .gz or .zst");
    }
    String text = new String(begin, StandardCharsets.UTF_8).strip();
    text = text.startsWith("\uFEFF") ? text.substring(1).strip() : text;
    if (text.isEmpty()) {
      throw input.error("the file holds no rows", "give at least one row");
    }
    return switch (text.charAt(0)) {
      case '[' -> JSON_ARRAY;
      case '{' -> isOneLine(text, begin.length == BEGINNING) ? JSON_LINES : JSON_DOCUMENT;
      default -> SEPARATED;
    };
  }

  /** A zero byte here and there is a fault of a row, which its reader names. */
  private static boolean isText(byte[] begin) {
    int looked = Math.min(begin.length, 4096);
    int zeros = 0;
    for (int i = 0; i < looked; i++) {
      zeros += begin[i] == 0 ? 1 : 0;
    }
    return looked == 0 || (begin[0] != 0 && zeros <= looked / 8);
  }

  /** Whether the first line is a complete object; a first line of more than 1 MiB counts as one. */
  private static boolean isOneLine(String text, boolean cut) {
    int end = text.indexOf('\n');
    if (end < 0 && cut) {
      return true;
    }
    String first = end < 0 ? text : text.substring(0, end);
    try {
      JsonText.parseData(first);
      return true;
    } catch (JacksonException _) {
      // A damaged first row of JSON lines is reported by its reader, with its number.
      return first.length() > 1
          && !first.strip().matches("\\{\\s*(\"([^\"\\\\]|\\\\.)*\"\\s*:\\s*[\\[{]?.*,?)?");
    }
  }
}
