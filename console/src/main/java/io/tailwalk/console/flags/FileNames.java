package io.tailwalk.console.flags;

import io.tailwalk.records.input.Input;
import io.tailwalk.runs.work.InputException;
import java.util.List;

/** Names of files from a flag that takes several; a mistyped flag among them is refused. */
public final class FileNames {
  private FileNames() {}

  /**
   * The files of the names.
   *
   * @param flag the flag, for the message
   * @throws InputException if a name is empty or looks like a flag
   */
  public static List<Input> of(String flag, List<String> names) {
    for (String name : names) {
      if (name.isEmpty()) {
        throw new InputException(flag + " has an empty name; give a file");
      }
      if (name.startsWith("-") && !name.equals(Input.STANDARD_INPUT)) {
        throw new InputException(
            "unknown option " + name + "; a file of this name can be given as ./" + name);
      }
    }
    return Input.named(names);
  }
}
