package io.tailwalk.console;

/** The root command of a command line. */
public interface Program {
  /** Whether to print the stack trace of a failure. */
  boolean debug();
}
