package io.tailwalk.runs.work;

/** What to do if the file of a result already exists. */
public enum IfExists {
  /** Refuse to start. */
  REFUSE,
  /** Resume an interrupted run with the same settings. */
  RESUME,
  /** Replace the file. */
  OVERWRITE
}
