package io.tailwalk.console.flags;

import io.tailwalk.runs.work.IfExists;
import io.tailwalk.runs.work.InputException;

/** Combined meaning of {@code --resume} and {@code --overwrite}. */
public final class Resumed {
  private Resumed() {}

  /** What to do with an existing file; refuses both flags together. */
  public static IfExists of(boolean resume, boolean overwrite) {
    if (resume && overwrite) {
      throw new InputException(
          "--resume continues a run and --overwrite replaces its file; give one of them");
    }
    return resume ? IfExists.RESUME : overwrite ? IfExists.OVERWRITE : IfExists.REFUSE;
  }
}
