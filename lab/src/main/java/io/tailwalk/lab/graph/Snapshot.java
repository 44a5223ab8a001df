package io.tailwalk.lab.graph;

/**
 * Parameters at one step of fine-tuning.
 *
 * @param step step of fine-tuning; 0 is the base model
 * @param values all parameters; never modified
 */
@SuppressWarnings("ArrayRecordComponent") // snapshots are never compared
record Snapshot(long step, float[] values) {
  /** The name in tables and file names. */
  String name() {
    return name(step);
  }

  static String name(long step) {
    return String.format(java.util.Locale.ROOT, "step-%05d", step);
  }
}
