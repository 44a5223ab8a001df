package io.tailwalk.runs.work;

/** What to do where the file of a result is there already. */
public enum IfExists {
  /** Refuse to begin. */
  REFUSE,
  /** Go on with an interrupted run of the same settings. */
  RESUME,
  /** Replace it. */
  OVERWRITE
}
