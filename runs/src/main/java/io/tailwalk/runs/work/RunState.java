package io.tailwalk.runs.work;

/** How far a run into a file came. */
public enum RunState {
  /** The file was there, finished by the same run. */
  WAS_FINISHED,
  /** It is finished now. */
  FINISHED,
  /** The work was ended; a run with {@link IfExists#RESUME} goes on. */
  UNFINISHED
}
