package io.tailwalk.core.probe;

/** Outcome of a check. */
public enum ProbeOutcome {
  /** Passed. */
  OK,
  /** Usable, with a cost or a restriction that the meaning states. */
  WARN,
  /** Exact results are impossible. */
  FAIL
}
