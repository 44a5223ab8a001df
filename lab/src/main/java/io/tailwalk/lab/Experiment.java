package io.tailwalk.lab;

import io.tailwalk.runs.work.Watch;

/**
 * A claim that can be tested. The same settings give the same finding at any number of threads,
 * except for wall times that a page may show.
 */
public interface Experiment {

  /** The name on the command line. */
  String name();

  /** The claim, one sentence. */
  String claim();

  /**
   * Measures, and judges the claim.
   *
   * @throws java.util.concurrent.CancellationException if the watch asks for it
   */
  Finding run(Watch watch);
}
