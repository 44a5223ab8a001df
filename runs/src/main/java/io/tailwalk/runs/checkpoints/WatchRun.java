package io.tailwalk.runs.checkpoints;

import io.tailwalk.runs.work.InputException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Follows the score tables of a training run until coverage has turned.
 *
 * @param files the score files
 * @param columns names of the columns, by field, where they are not the usual ones
 * @param reference column of the reference; null for the default
 * @param n the factor N
 * @param delta probability of a false turn over all looks
 */
public record WatchRun(
    WatchedFiles files,
    Map<String, String> columns,
    @Nullable String reference,
    double n,
    double delta) {
  private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

  /** Keeps an immutable copy. */
  public WatchRun {
    columns = Map.copyOf(columns);
  }

  /** A run whose tables have the usual columns. */
  public WatchRun(WatchedFiles files, @Nullable String reference, double n, double delta) {
    this(files, Map.of(), reference, n, delta);
  }

  /** Hears of each look at the files, and may end the run. */
  public interface Listener {

    /** The files have changed, and this is the state of the run. */
    void onState(WatchStudy state);

    /** The files have changed but cannot be used yet, for the reason given. */
    default void onIncomplete(InputException reason) {}

    /** Something about the files that concerns no state, such as a file that is left alone. */
    default void onNote(String note) {}

    /** The run waits, for what is given, until the next look. */
    default void onWait(String state) {}

    /** Whether the run should end. Called about ten times a second. */
    default boolean cancelled() {
      return false;
    }
  }

  /**
   * Looks at the files once, without waiting until they are complete.
   *
   * @throws InputException if there is no file, or a file cannot be used
   */
  public WatchStudy once() {
    return once(state -> {});
  }

  /**
   * Looks at the files once, and tells the listener of files that are left alone.
   *
   * @throws InputException if there is no file, or a file cannot be used
   */
  public WatchStudy once(Listener listener) {
    files.look(true);
    files.notes().forEach(listener::onNote);
    return files.study(columns, reference, n, delta);
  }

  /**
   * Looks at the files again and again.
   *
   * @param interval time between two looks
   * @return whether coverage has turned; false if the listener ended the run
   * @throws CancellationException if this thread is interrupted
   */
  public boolean run(Duration interval, Listener listener) {
    while (true) {
      boolean changed = files.look(false);
      files.notes().forEach(listener::onNote);
      if (changed && !files.ready().isEmpty() && look(listener)) {
        return true;
      }
      listener.onWait(files.waiting());
      if (!isWaitedFor(interval, listener)) {
        return false;
      }
    }
  }

  /** Reads all files and passes on the state of the run; true if coverage has turned. */
  private boolean look(Listener listener) {
    WatchStudy state;
    try {
      state = files.study(columns, reference, n, delta);
    } catch (InputException e) {
      listener.onIncomplete(e);
      return false;
    }
    listener.onState(state);
    return state.turned();
  }

  private static boolean isWaitedFor(Duration interval, Listener listener) {
    Duration left = interval;
    while (left.isPositive()) {
      if (listener.cancelled()) {
        return false;
      }
      Duration step = left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT;
      try {
        Thread.sleep(step);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        var cancelled = new CancellationException("interrupted");
        cancelled.initCause(e);
        throw cancelled;
      }
      left = left.minus(step);
    }
    return true;
  }
}
