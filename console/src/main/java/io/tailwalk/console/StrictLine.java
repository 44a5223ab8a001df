package io.tailwalk.console;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** How command lines are read: every word counts, and what is wrong is refused in one sentence. */
public final class StrictLine {
  private StrictLine() {}

  /** Sets a command up, with the subcommands it has by now. */
  public static CommandLine of(CommandLine line) {
    var failures = new Failures();
    return line.setOverwrittenOptionsAllowed(false)
        .registerConverter(Path.class, StrictLine::path)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures);
  }

  /** An empty path would be the current folder; it is what an unset variable leaves. */
  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new TypeConversionException("is empty");
    }
    return Path.of(text);
  }
}
