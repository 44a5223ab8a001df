package io.tailwalk.console.config;

import io.tailwalk.runs.work.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of flags: lines {@code name = value}, below {@code [command]} for one command only, empty
 * lines, and comments that begin with {@code #}. A value is used unchanged, without whitespace or
 * one pair of double quotes around it.
 *
 * @param path the file
 * @param settings its settings, in order
 */
record ConfigFile(Path path, List<Setting> settings) {
  private static final int LARGEST = 1 << 20;

  /**
   * One line.
   *
   * @param line number of the line, from 1
   * @param command words of the command to which it applies; empty for every command
   * @param name name of a flag, without hyphens before it
   * @param value the value as text
   */
  record Setting(int line, String command, String name, String value) {}

  /**
   * Reads a file.
   *
   * @throws InputException that names file and line if it is not of this form
   */
  static ConfigFile read(Path path) {
    List<Setting> settings = new ArrayList<>();
    String command = "";
    int number = 0;
    for (String raw : content(path).lines().toList()) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("[") && line.endsWith("]")) {
        command = line.substring(1, line.length() - 1).strip();
        continue;
      }
      int equals = line.indexOf('=');
      String name = equals < 0 ? "" : line.substring(0, equals).strip().replaceFirst("^--", "");
      if (name.isEmpty()) {
        throw new InputException(
            path
                + ", line "
                + number
                + ": neither NAME = VALUE nor [COMMAND]; write a flag without its hyphens, for example"
                + " max-tokens = 200");
      }
      settings.add(
          new Setting(number, command, name, unquoted(line.substring(equals + 1).strip())));
    }
    return new ConfigFile(path, List.copyOf(settings));
  }

  private static String content(Path path) {
    try {
      // A device has no size, so it is read up to the limit.
      try (InputStream in = Files.newInputStream(path)) {
        byte[] bytes = in.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
          throw new InputException(path + " is larger than 1 MiB; it is not a file of flags");
        }
        String text =
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
      }
    } catch (CharacterCodingException e) {
      throw new InputException(path + " is not UTF-8; save it as UTF-8", e);
    } catch (IOException e) {
      throw new InputException("cannot read " + path + "; check that it is a file", e);
    }
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
