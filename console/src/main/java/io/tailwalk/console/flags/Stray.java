package io.tailwalk.console.flags;

import io.tailwalk.runs.work.InputException;
import picocli.CommandLine.Model.CommandSpec;

/** Refuses flags that would be ignored. */
public final class Stray {
  private Stray() {}

  /**
   * Refuses the first of some flags that stands on the command line.
   *
   * @param why the rest of the sentence, behind the flag's name
   */
  public static void refuse(CommandSpec command, String why, String... flags) {
    for (String flag : flags) {
      if (command.commandLine().getParseResult().hasMatchedOption(flag)) {
        throw new InputException(flag + " " + why);
      }
    }
  }
}
