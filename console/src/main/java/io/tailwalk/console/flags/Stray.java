package io.tailwalk.console.flags;

import io.tailwalk.runs.work.InputException;
import picocli.CommandLine.Model.CommandSpec;

/** Check for flags that would be ignored. */
public final class Stray {
  private Stray() {}

  /**
   * Refuses the first of the given flags that appears on the command line.
   *
   * @param why the rest of the sentence, after the name of the flag
   */
  public static void refuse(CommandSpec command, String why, String... flags) {
    for (String flag : flags) {
      if (command.commandLine().getParseResult().hasMatchedOption(flag)) {
        throw new InputException(flag + " " + why);
      }
    }
  }
}
