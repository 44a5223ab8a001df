package io.tailwalk.runs.work;

/** The state of a run that writes a file. */
public enum RunState {
  /** The file already existed, completed by the same run. */
  WAS_FINISHED,
  /** This run completed the file. */
  FINISHED,
  /** The run was interrupted; a run with {@link IfExists#RESUME} continues it. */
  UNFINISHED
}
