package io.tailwalk.console;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress of long work on stderr: a bar on a terminal, an occasional line elsewhere. */
public final class Progress implements AutoCloseable {
  private static final int REFRESH_MILLIS = 250;
  private static final long LINE_NANOS = 30_000_000_000L;
  private final @Nullable ProgressBar bar;
  private final @Nullable Console lines;
  private final String task;
  private final String unit;
  private long total;
  private long lastLine = System.nanoTime();

  private Progress(
      @Nullable ProgressBar bar, @Nullable Console lines, String task, String unit, long total) {
    this.bar = bar;
    this.lines = lines;
    this.task = task;
    this.unit = unit;
    this.total = total;
  }

  /**
   * Starts a bar of model tokens.
   *
   * @param total amount of work, in model tokens
   * @param quiet whether to suppress all output
   */
  public static Progress of(Console console, String task, long total, boolean quiet) {
    return of(console, task, total, " tokens", quiet);
  }

  /** Starts a bar of steps whose total number is reported with each update. */
  public static Progress steps(Console console, String task, boolean quiet) {
    return of(console, task, 1, "", quiet);
  }

  private static Progress of(Console console, String task, long total, String unit, boolean quiet) {
    if (quiet || !console.errIsTerminal()) {
      return new Progress(null, quiet ? null : console, task, unit, total);
    }
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setUnit(unit, 1)
            .setUpdateIntervalMillis(REFRESH_MILLIS)
            .setStyle(ProgressBarStyle.ASCII)
            .showSpeed()
            .setConsumer(
                new ConsoleProgressBarConsumer(console.err(), Math.min(console.width(), 120) - 1))
            .build();
    return new Progress(bar, null, task, unit, total);
  }

  /** Reports the number of finished steps, their total number, and a note on the current work. */
  public void at(long done, long total, String note) {
    this.total = total;
    if (bar != null) {
      bar.maxHint(total);
      bar.stepTo(Math.min(done, total));
      bar.setExtraMessage(" " + note);
    }
    line(done, note);
  }

  private synchronized void line(long done, String note) {
    long now = System.nanoTime();
    if (lines != null && now - lastLine >= LINE_NANOS) {
      lastLine = now;
      lines.tell(task + ": " + done + " of " + total + unit + " " + note.strip());
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
