package io.tailwalk.cli;

import io.tailwalk.console.Console;
import io.tailwalk.console.config.ConfigPlaces;

/** Entry point of the program. */
public final class Main {
  private Main() {}

  /** Runs a command line and ends the process with its exit code. */
  public static void main(String[] args) {
    Console console = Console.ofProcess();
    int code = Tailwalk.run(args, console, ConfigPlaces.ofProcess());
    System.exit(code);
  }
}
