package io.tailwalk.console;

import io.tailwalk.runs.work.Watch;
import java.util.function.Function;

/** Observer that shows progress on stderr and treats Ctrl-C as a request to stop. */
public final class ConsoleWatch implements Watch, AutoCloseable {
  private final Interrupt interrupt;
  private final boolean own;
  private final Function<String, Progress> bars;
  private volatile Progress progress;

  private ConsoleWatch(
      Interrupt interrupt, boolean own, String task, Function<String, Progress> bars) {
    this.interrupt = interrupt;
    this.own = own;
    this.bars = bars;
    this.progress = bars.apply(task);
  }

  /**
   * Observes work that is measured in model tokens.
   *
   * @param quiet whether to suppress all output
   */
  public static ConsoleWatch tokens(Console console, String task, boolean quiet) {
    return tokens(console, task, quiet, Interrupt.listen(), true);
  }

  /** Observes work in steps whose total number is reported with each update. */
  public static ConsoleWatch steps(Console console, String task, boolean quiet) {
    return steps(console, task, quiet, Interrupt.listen(), true);
  }

  /** Observes model tokens until an interrupt, which stays open when this observer is closed. */
  public static ConsoleWatch tokens(
      Console console, String task, boolean quiet, Interrupt interrupt) {
    return tokens(console, task, quiet, interrupt, false);
  }

  /** Observes steps until an interrupt, which stays open when this observer is closed. */
  public static ConsoleWatch steps(
      Console console, String task, boolean quiet, Interrupt interrupt) {
    return steps(console, task, quiet, interrupt, false);
  }

  private static ConsoleWatch tokens(
      Console console, String task, boolean quiet, Interrupt interrupt, boolean own) {
    return new ConsoleWatch(interrupt, own, task, name -> Progress.of(console, name, 1, quiet));
  }

  private static ConsoleWatch steps(
      Console console, String task, boolean quiet, Interrupt interrupt, boolean own) {
    return new ConsoleWatch(interrupt, own, task, name -> Progress.steps(console, name, quiet));
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

  /** Replaces the current bar by a new one. */
  @Override
  public Watch part(String name) {
    progress.close();
    progress = bars.apply(name);
    return this;
  }

  @Override
  public void close() {
    progress.close();
    if (own) {
      interrupt.close();
    }
  }
}
