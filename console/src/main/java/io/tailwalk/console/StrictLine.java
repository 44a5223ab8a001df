package io.tailwalk.console;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Strict parsing of command lines: every word is checked, and an error is one sentence. */
public final class StrictLine {
  private StrictLine() {}

  /** Configures a command and the subcommands that it already has. */
  public static CommandLine of(CommandLine line) {
    return of(line, Map.of());
  }

  /**
   * Configures a command whose flags do not all come from the user's line.
   *
   * @param origins where the others come from, by the names of flags
   */
  public static CommandLine of(CommandLine line, Map<String, String> origins) {
    var failures = new Failures(origins);
    return line.setOverwrittenOptionsAllowed(false)
        .registerConverter(Path.class, StrictLine::path)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures);
  }

  /** An empty path would mean the current folder, but usually comes from an unset variable. */
  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new TypeConversionException("is empty");
    }
    return Path.of(text);
  }
}
