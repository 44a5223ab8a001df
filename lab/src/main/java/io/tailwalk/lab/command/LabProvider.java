package io.tailwalk.lab.command;

import io.tailwalk.console.CommandProvider;
import io.tailwalk.console.Console;
import java.util.List;
import picocli.CommandLine;

/** Provides the command {@code lab} to the program. */
public final class LabProvider implements CommandProvider {
  @Override
  public Class<?> type() {
    return LabCommand.class;
  }

  @Override
  public CommandLine command(Console console, List<String> words) {
    return LabCommand.of(console, words);
  }
}
