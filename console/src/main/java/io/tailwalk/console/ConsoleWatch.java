package io.tailwalk.console;

import io.tailwalk.runs.work.Watch;
import java.util.function.Function;

/** Progress on stderr, and Ctrl-C as the wish to end. */
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
   * Over model tokens.
   *
   * @param quiet whether to show nothing in any case
   */
  public static ConsoleWatch tokens(Console console, String task, boolean quiet) {
    return tokens(console, task, quiet, Interrupt.listen(), true);
  }

  /** Over steps, whose number is told as they are made. */
  public static ConsoleWatch steps(Console console, String task, boolean quiet) {
    return steps(console, task, quiet, Interrupt.listen(), true);
  }

  /** Over model tokens, ended by an interrupt that stays open when this is closed. */
  public static ConsoleWatch tokens(
      Console console, String task, boolean quiet, Interrupt interrupt) {
    return tokens(console, task, quiet, interrupt, false);
  }

  /** Over steps, ended by an interrupt that stays open when this is closed. */
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

  /** A bar of its own in place of the one before. */
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
