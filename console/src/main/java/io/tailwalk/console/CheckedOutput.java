package io.tailwalk.console;

import io.tailwalk.records.ClosedPipeException;
import io.tailwalk.runs.work.RunException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Standard output whose failures end the command: a {@link java.io.PrintStream} alone would lose
 * the rest of the results without a word. After a failure everything is discarded.
 */
final class CheckedOutput extends OutputStream {
  private final OutputStream out;
  private boolean failed;

  CheckedOutput(OutputStream out) {
    this.out = out;
  }

  private interface Write {
    void run() throws IOException;
  }

  @Override
  public void write(int b) {
    run(() -> out.write(b));
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    run(() -> out.write(bytes, from, length));
  }

  @Override
  public void flush() {
    run(out::flush);
  }

  @Override
  public void close() {
    run(out::close);
  }

  private void run(Write write) {
    if (failed) {
      return;
    }
    try {
      write.run();
    } catch (IOException e) {
      failed = true;
      if (ClosedPipeException.isBehind(e)) {
        throw new ClosedPipeException(e);
      }
      String reason = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
      throw new RunException(
          "cannot write to standard output: " + reason + "; send it to a place with room", e);
    }
  }
}
