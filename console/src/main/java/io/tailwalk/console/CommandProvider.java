package io.tailwalk.console;

import java.util.List;
import picocli.CommandLine;

/**
 * A command that comes from a module of its own; found by {@link java.util.ServiceLoader}, so that
 * the program runs without it.
 */
public interface CommandProvider {
  /** The name of the command. */
  String name();

  /**
   * The command.
   *
   * @param words the command line, for records
   */
  CommandLine command(Console console, List<String> words);
}
