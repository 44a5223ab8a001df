package io.tailwalk.lab.horizon;

import io.tailwalk.runs.work.Watch;

/** Reports the joint progress of all training runs to a watch. */
final class Clock {
  private final Watch watch;
  private final int total;
  private long before;
  private long length;
  private String piece = "";

  /**
   * Makes a clock for all runs.
   *
   * @param total steps of all runs together
   */
  Clock(Watch watch, long total) {
    this.watch = watch;
    this.total = Math.toIntExact(total);
  }

  /** Starts a run. */
  void begin(String name, long steps) {
    before += length;
    length = steps;
    piece = name;
  }

  /**
   * Reports a completed step of the run.
   *
   * @param step number of the step, from 1
   * @throws java.util.concurrent.CancellationException if the watch asked to stop
   */
  void step(long step, String note) {
    watch.step(before + step, total, piece + ", step " + step + " of " + length + ", " + note);
  }
}
