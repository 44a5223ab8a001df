package io.tailwalk.demo;

import io.tailwalk.console.CommandProvider;
import io.tailwalk.console.Console;
import java.util.List;
import picocli.CommandLine;

/** Provides the command {@code demo}. */
public final class DemoProvider implements CommandProvider {
  @Override
  public Class<?> type() {
    return DemoCommand.class;
  }

  @Override
  public CommandLine command(Console console, List<String> words) {
    return new CommandLine(new DemoCommand(console, words));
  }
}
