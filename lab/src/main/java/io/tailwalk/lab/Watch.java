package io.tailwalk.lab;

import java.util.concurrent.CancellationException;

/** Who looks on while an experiment runs. */
public interface Watch {
  /** Nobody. */
  Watch NONE = (_, _, _) -> true;

  /**
   * Hears how far the experiment is, on one thread.
   *
   * @param done pieces of work done
   * @param total pieces in all
   * @param note the piece at hand, a few words
   * @return whether to go on
   */
  boolean at(int done, int total, String note);

  /**
   * Tells how far the experiment is.
   *
   * @throws CancellationException if it is not to go on
   */
  default void step(int done, int total, String note) {
    if (!at(done, total, note)) {
      throw new CancellationException("interrupted");
    }
  }
}
