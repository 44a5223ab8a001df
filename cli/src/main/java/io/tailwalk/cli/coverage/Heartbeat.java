package io.tailwalk.cli.coverage;

import io.tailwalk.console.Console;

/**
 * The line that shows that a command still waits: on a terminal one line with the time that is
 * written again and again, in a log one line whenever the state changes.
 */
final class Heartbeat implements AutoCloseable {
  private static final int SECOND = 1_000_000_000;

  private final Console console;
  private final boolean silent;
  private final long start = System.nanoTime();
  private String last = "";
  private int shown;

  Heartbeat(Console console, boolean silent) {
    this.console = console;
    this.silent = silent;
  }

  /** Shows the state. */
  void beat(String state) {
    if (silent) {
      return;
    }
    if (!console.errIsTerminal()) {
      if (!state.equals(last)) {
        console.tell(state);
      }
      last = state;
      return;
    }
    String line = state + " (" + (System.nanoTime() - start) / SECOND + " s)";
    String cut = line.substring(0, Math.min(line.length(), console.width() - 1));
    clear();
    console.err().print(cut);
    console.err().flush();
    shown = cut.length();
  }

  /** Removes the line from a terminal before something else is printed. */
  void clear() {
    if (shown > 0) {
      console.err().print("\r" + " ".repeat(shown) + "\r");
      console.err().flush();
      shown = 0;
    }
  }

  @Override
  public void close() {
    clear();
  }
}
