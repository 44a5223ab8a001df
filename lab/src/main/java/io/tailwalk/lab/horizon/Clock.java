package io.tailwalk.lab.horizon;

import io.tailwalk.runs.work.Watch;

/** Tells a watch how far all training runs together are. */
final class Clock {
  private final Watch watch;
  private final int total;
  private long before;
  private long length;
  private String piece = "";

  /**
   * Of all runs.
   *
   * @param total steps
   */
  Clock(Watch watch, long total) {
    this.watch = watch;
    this.total = Math.toIntExact(total);
  }

  /** A run begins. */
  void begin(String name, long steps) {
    before += length;
    length = steps;
    piece = name;
  }

  /**
   * A step of the run has been made.
   *
   * @param step counted from 1
   * @throws java.util.concurrent.CancellationException if it is not to go on
   */
  void step(long step, String note) {
    watch.step(before + step, total, piece + ", step " + step + " of " + length + ", " + note);
  }
}
