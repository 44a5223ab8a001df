package io.tailwalk.runs.work;

import java.util.concurrent.CancellationException;

/** Who looks on while long work is done, and may end it. */
@FunctionalInterface
public interface Watch {
  /** Nobody. */
  Watch NONE = (_, _, _) -> true;

  /**
   * Hears how far the work is.
   *
   * @param done pieces of work done
   * @param total pieces in all
   * @param note the piece at hand, a few words
   * @return whether to go on
   */
  boolean at(long done, long total, String note);

  /**
   * The watch of one part of the work, whose steps are counted apart.
   *
   * @param name of the part
   */
  default Watch part(String name) {
    return this;
  }

  /** Whether the work is to end. Asked often, and by any thread. */
  default boolean cancelled() {
    return false;
  }

  /**
   * Tells how far the work is.
   *
   * @throws CancellationException if it is not to go on
   */
  default void step(long done, long total, String note) {
    if (!at(done, total, note)) {
      throw new CancellationException("interrupted");
    }
  }

  /**
   * Ends the work where it is not to go on.
   *
   * @throws CancellationException if it is cancelled, or its thread interrupted
   */
  default void check() {
    if (cancelled() || Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted");
    }
  }
}
