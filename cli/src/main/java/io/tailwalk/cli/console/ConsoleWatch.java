package io.tailwalk.cli.console;

import io.tailwalk.runs.work.Watch;

/**
 * Progress on stderr, and Ctrl-C as the wish to end. An {@link Interrupt} given from outside stays
 * open when this is closed.
 */
public final class ConsoleWatch implements Watch, AutoCloseable {
  private final Interrupt interrupt;
  private final boolean own;
  private final Progress progress;

  private ConsoleWatch(Interrupt interrupt, boolean own, Progress progress) {
    this.interrupt = interrupt;
    this.own = own;
    this.progress = progress;
  }

  /**
   * Over model tokens.
   *
   * @param quiet whether to show nothing in any case
   */
  public static ConsoleWatch tokens(Console console, String task, boolean quiet) {
    return new ConsoleWatch(Interrupt.listen(), true, Progress.of(console, task, 1, quiet));
  }

  /** Over steps, whose number is told as they are made. */
  public static ConsoleWatch steps(Console console, String task, boolean quiet) {
    return new ConsoleWatch(Interrupt.listen(), true, Progress.steps(console, task, quiet));
  }

  /** The same, ended by an interrupt that other work listens to as well. */
  public static ConsoleWatch over(Interrupt interrupt, Progress progress) {
    return new ConsoleWatch(interrupt, false, progress);
  }

  @Override
  public boolean at(long done, long total, String note) {
    progress.at(done, total, note);
    return !interrupt.requested();
  }

  @Override
  public boolean cancelled() {
    return interrupt.requested();
  }

  @Override
  public void close() {
    progress.close();
    if (own) {
      interrupt.close();
    }
  }
}
