package io.tailwalk.console;

/** What the process ends with. */
public final class ExitCode {
  /** All that was asked for was done. */
  public static final int OK = 0;

  /** The run could not go on, or ended without what was asked for. */
  public static final int FAILED = 1;

  /** The command line or an input file is at fault; nothing was written. */
  public static final int BAD_INPUT = 2;

  private ExitCode() {}
}
