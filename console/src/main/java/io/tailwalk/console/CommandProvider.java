package io.tailwalk.console;

import java.util.List;
import picocli.CommandLine;

/**
 * Provider of a command from a separate module; {@link java.util.ServiceLoader} finds it, so the
 * program also runs without that module.
 */
public interface CommandProvider {
  /** The class of the command; its {@link CommandLine.Command} has the name and a description. */
  Class<?> type();

  /**
   * The command.
   *
   * @param words the command line, stored in run records
   */
  CommandLine command(Console console, List<String> words);
}
