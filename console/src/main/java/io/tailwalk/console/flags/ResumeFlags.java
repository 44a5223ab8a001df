package io.tailwalk.console.flags;

import io.tailwalk.runs.work.IfExists;
import picocli.CommandLine.Option;

/** Flags for what to do with the file of {@code --out} if it exists. */
public final class ResumeFlags {
  @Option(names = "--resume", description = "Resume the interrupted run of --out.")
  private boolean resume;

  @Option(names = "--overwrite", description = "Replace --out if it exists.")
  private boolean overwrite;

  /** What to do with an existing file; refuses both flags together. */
  public IfExists mode() {
    return Resumed.of(resume, overwrite);
  }
}
