package io.tailwalk.runs.work;

import java.util.concurrent.CancellationException;

/** Observes the progress of long work and may end it. */
@FunctionalInterface
public interface Watch {
  /** A watch that ignores progress and never ends the work. */
  Watch NONE = (_, _, _) -> true;

  /**
   * Receives the progress of the work.
   *
   * @param done pieces of work done
   * @param total total number of pieces
   * @param note the current piece, in a few words
   * @return whether to continue
   */
  boolean at(long done, long total, String note);

  /**
   * Returns the watch of one part of the work, whose steps are counted separately.
   *
   * @param name name of the part
   */
  default Watch part(String name) {
    return this;
  }

  /** Whether the work should end. Called often, and from any thread. */
  default boolean cancelled() {
    return false;
  }

  /**
   * Reports progress.
   *
   * @throws CancellationException if the work should end
   */
  default void step(long done, long total, String note) {
    if (!at(done, total, note)) {
      throw new CancellationException("interrupted");
    }
  }

  /**
   * Ends the work if it was cancelled.
   *
   * @throws CancellationException if the work is cancelled or its thread interrupted
   */
  default void check() {
    if (cancelled() || Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted");
    }
  }
}
