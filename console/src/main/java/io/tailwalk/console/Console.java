package io.tailwalk.console;

import io.tailwalk.report.Printable;
import io.tailwalk.runs.work.Study;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes.
 *
 * @param out results, UTF-8
 * @param err messages and progress, UTF-8
 * @param width columns of the window that {@code out} goes to
 * @param outIsTerminal whether somebody looks at {@code out} rather than a file or program
 * @param errIsTerminal whether somebody looks at {@code err}
 */
public record Console(
    PrintStream out, PrintStream err, int width, boolean outIsTerminal, boolean errIsTerminal) {
  private static final int DEFAULT_WIDTH = 100;

  /** Where nobody looks, tables are not cut to a window. */
  private static final int PLAIN_WIDTH = 120;

  private static final int BUFFER = 1 << 16;

  /** The streams of this process; the launcher says in system properties what they lead to. */
  public static Console ofProcess() {
    return new Console(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        width(System.getProperty("tailwalk.width", "")),
        Boolean.getBoolean("tailwalk.out.terminal"),
        Boolean.getBoolean("tailwalk.err.terminal"));
  }

  /** Results in words; text from outside in them cannot steer the terminal. */
  public void print(String line) {
    out.print(Printable.message(line) + "\n");
  }

  /** A line of data, byte for byte, for programs to read. */
  public void data(String line) {
    out.print(line + "\n");
  }

  /** The tables of a study and the remarks below them. */
  public void show(Study study) {
    out.print(study.text(outIsTerminal ? width : PLAIN_WIDTH, outIsTerminal));
    study.remarks().forEach(this::print);
  }

  /** A message; text from outside in it cannot steer the terminal. */
  public void tell(String line) {
    err.print(Printable.message(line) + "\n");
    err.flush();
  }

  /** Makes sure that all is written. */
  public void flush() {
    out.flush();
    err.flush();
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new java.io.BufferedOutputStream(new FileOutputStream(descriptor), BUFFER),
        false,
        StandardCharsets.UTF_8);
  }

  private static int width(String text) {
    return text.matches("[1-9]\\d{1,3}") ? Integer.parseInt(text) : DEFAULT_WIDTH;
  }
}
