package io.tailwalk.sampling;

import io.tailwalk.core.cost.CostMeter;

/** Counts the steps since the last new model token; nothing else limits them in many budgets. */
public final class IdleSteps {
  private long tokensSeen;
  private long stepsThen;

  /** Before the first question. */
  public IdleSteps() {}

  /** Steps since a question at which the meter had fewer model tokens than now. */
  public long since(CostMeter meter) {
    if (meter.modelTokens() != tokensSeen) {
      tokensSeen = meter.modelTokens();
      stepsThen = meter.steps();
    }
    return meter.steps() - stepsThen;
  }
}
