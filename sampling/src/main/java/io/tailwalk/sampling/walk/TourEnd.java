package io.tailwalk.sampling.walk;

/** What becomes of tours under way when the budget is reached. */
public enum TourEnd {
  /** They are finished: leaving out the long ones would bias the mean. */
  FINISH("tours"),

  /**
   * They are cut there and the leaves they have visited count in the sample, though never in the
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
