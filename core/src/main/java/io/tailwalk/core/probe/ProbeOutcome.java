package io.tailwalk.core.probe;

/** How a check went. */
public enum ProbeOutcome {
  /** As it should be. */
  OK,
  /** Usable, with a cost or a care that the meaning states. */
  WARN,
  /** Exact results are impossible. */
  FAIL
}
