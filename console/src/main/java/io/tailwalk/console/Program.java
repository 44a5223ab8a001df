package io.tailwalk.console;

/** The root of a command line. */
public interface Program {
  /** Whether the stack trace of a failure is to be printed. */
  boolean debug();
}
