package io.tailwalk.lab;

import io.tailwalk.runs.work.Watch;

/**
 * A claim that can be put to the test. Same settings, same finding, at any number of threads, but
 * for wall times where a page shows some.
 */
public interface Experiment {

  /** Its name on the command line. */
  String name();

  /** What is to be shown, one sentence. */
  String claim();

  /**
   * Measures and judges.
   *
   * @throws java.util.concurrent.CancellationException if the watch asks for it
   */
  Finding run(Watch watch);
}
