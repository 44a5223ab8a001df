package io.tailwalk.sampling.walk;

/** Treatment of active tours when the budget is reached. */
public enum TourEnd {
  /** Active tours are finished: dropping the long ones would bias the mean. */
  FINISH("tours"),

  /**
   * Active tours are cut, and the leaves they have visited count in the sample, but never in the
   * success probability: with one walk, the ergodic average over one long chain. Spends exactly the
   * budget.
   */
  CUT("every-leaf");

  private final String wireName;

  TourEnd(String wireName) {
    this.wireName = wireName;
  }

  /** The name as a sampler's parameter {@code form}. */
  public String wireName() {
    return wireName;
  }
}
