package io.tailwalk.console.flags;

import io.tailwalk.runs.work.IfExists;
import io.tailwalk.runs.work.InputException;

/** What {@code --resume} and {@code --overwrite} say together. */
public final class Resumed {
  private Resumed() {}

  /** What to do with a file that is there; refuses both flags at once. */
  public static IfExists of(boolean resume, boolean overwrite) {
    if (resume && overwrite) {
      throw new InputException("--resume keeps and --overwrite throws away; give one of them");
    }
    return resume ? IfExists.RESUME : overwrite ? IfExists.OVERWRITE : IfExists.REFUSE;
  }
}
