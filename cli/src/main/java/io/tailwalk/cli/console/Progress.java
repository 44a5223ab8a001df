package io.tailwalk.cli.console;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on stderr where somebody looks at it, and nothing elsewhere. */
public final class Progress implements AutoCloseable {
  private static final int REFRESH_MILLIS = 250;
  private final @Nullable ProgressBar bar;

  private Progress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /**
   * Starts a bar.
   *
   * @param total work to do, in model tokens
   * @param quiet whether to show nothing in any case
   */
  public static Progress of(Console console, String task, long total, boolean quiet) {
    return of(console, task, total, " tokens", quiet);
  }

  /** Starts a bar of steps, whose number is told as they are made. */
  public static Progress steps(Console console, String task, boolean quiet) {
    return of(console, task, 1, "", quiet);
  }

  private static Progress of(Console console, String task, long total, String unit, boolean quiet) {
    if (quiet || !console.errIsTerminal()) {
      return new Progress(null);
    }
    return new Progress(
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setUnit(unit, 1)
            .setUpdateIntervalMillis(REFRESH_MILLIS)
            .setStyle(ProgressBarStyle.ASCII)
            .showSpeed()
            .setConsumer(
                new ConsoleProgressBarConsumer(console.err(), Math.min(console.width(), 120) - 1))
            .build());
  }

  /** Says how much is done and what has been found. */
  public void at(long done, String note) {
    if (bar != null) {
      bar.stepTo(Math.min(done, bar.getMax()));
      bar.setExtraMessage(" " + note);
    }
  }

  /** Says how many steps of how many are made, and what is at hand. */
  public void at(long done, long total, String note) {
    if (bar != null) {
      bar.maxHint(total);
      bar.stepTo(done);
      bar.setExtraMessage(" " + note);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
