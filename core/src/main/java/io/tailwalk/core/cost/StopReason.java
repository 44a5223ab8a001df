package io.tailwalk.core.cost;

/** Why a run ended. Running out of budget is an outcome, not an error. */
public enum StopReason {
  /** All requested samples were produced. */
  DONE("done"),
  /** The budget of model tokens was used up. */
  MODEL_TOKENS("model-tokens"),
  /** The budget of model calls was used up. */
  MODEL_CALLS("model-calls"),
  /** The budget of node expansions was used up. */
  NODES("nodes"),
  /** The budget of walk steps was used up. */
  STEPS("steps"),
  /** The time was up. */
  TIME("time"),
  /** The tree reached its memory limit. */
  MEMORY("memory"),
  /** The caller cancelled the run. */
  CANCELLED("cancelled"),
  /** The target has no probability that the tree can reach: every path has value zero. */
  DEAD("dead");

  private final String wireName;

  StopReason(String wireName) {
    this.wireName = wireName;
  }

  /** The name used in files. */
  public String wireName() {
    return wireName;
  }
}
