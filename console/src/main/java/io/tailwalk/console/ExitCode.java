package io.tailwalk.console;

/** Exit codes of the process. */
public final class ExitCode {
  /** The command did everything that was requested. */
  public static final int OK = 0;

  /** The run could not continue, or ended without the requested result. */
  public static final int FAILED = 1;

  /** The command line or an input file is invalid; no file was written. */
  public static final int BAD_INPUT = 2;

  /**
   * The reader of standard output, such as {@code head}, has gone before the command was done; as
   * shells report a program that a closed pipe has ended.
   */
  public static final int CLOSED_PIPE = 141;

  private ExitCode() {}
}
