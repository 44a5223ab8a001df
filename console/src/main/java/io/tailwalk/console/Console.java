package io.tailwalk.console;

import io.tailwalk.report.Printable;
import io.tailwalk.runs.work.Study;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Output streams of a command.
 *
 * @param out stream for results, UTF-8
 * @param err stream for messages and progress, UTF-8
 * @param width width of the window that shows {@code out}, in columns
 * @param outIsTerminal whether {@code out} is a terminal rather than a file or a pipe
 * @param errIsTerminal whether {@code err} is a terminal
 */
public record Console(
    PrintStream out, PrintStream err, int width, boolean outIsTerminal, boolean errIsTerminal) {
  private static final int DEFAULT_WIDTH = 100;

  /** Width of tables that do not go to a terminal, which has a window to fit. */
  private static final int PLAIN_WIDTH = 120;

  private static final int BUFFER = 1 << 16;

  /** The streams of this process; the launcher describes them in system properties. */
  public static Console ofProcess() {
    return new Console(
        stream(new CheckedOutput(new FileOutputStream(FileDescriptor.out))),
        stream(new FileOutputStream(FileDescriptor.err)),
        width(System.getProperty("tailwalk.width", "")),
        Boolean.getBoolean("tailwalk.out.terminal"),
        Boolean.getBoolean("tailwalk.err.terminal"));
  }

  /** Prints a line of results; control characters in it cannot affect the terminal. */
  public void print(String line) {
    out.print(Printable.message(line) + "\n");
  }

  /** Prints a line of data for other programs, byte for byte. */
  public void data(String line) {
    out.print(line + "\n");
  }

  /** Prints the tables of a study and the remarks below them. */
  public void show(Study study) {
    out.print(study.text(outIsTerminal ? width : PLAIN_WIDTH, outIsTerminal));
    study.remarks().forEach(remark -> print(Printable.sentence(remark)));
  }

  /** Prints a message to stderr; control characters in it cannot affect the terminal. */
  public void tell(String line) {
    err.print(Printable.sentence(line) + "\n");
    err.flush();
  }

  /** Flushes both streams. */
  public void flush() {
    out.flush();
    err.flush();
  }

  private static PrintStream stream(OutputStream unbuffered) {
    return new PrintStream(
        new BufferedOutputStream(unbuffered, BUFFER), false, StandardCharsets.UTF_8);
  }

  private static int width(String text) {
    return text.matches("[1-9]\\d{1,3}") ? Integer.parseInt(text) : DEFAULT_WIDTH;
  }
}
