package io.tailwalk.lab.graph;

/**
 * Parameters at a moment of fine-tuning.
 *
 * @param step of fine-tuning; 0 is the base model
 * @param values all parameters; nobody writes to them
 */
@SuppressWarnings("ArrayRecordComponent") // snapshots are never compared
record Snapshot(long step, float[] values) {
  /** For tables and names of files. */
  String name() {
    return name(step);
  }

  static String name(long step) {
    return String.format(java.util.Locale.ROOT, "step-%05d", step);
  }
}
