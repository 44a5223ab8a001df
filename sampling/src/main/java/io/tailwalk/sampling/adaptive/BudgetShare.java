package io.tailwalk.sampling.adaptive;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.tree.Explorer;

/**
 * The spent part of a budget and the expected cost of a particle, as shares of the tightest limit.
 */
final class BudgetShare {
  private final Explorer explorer;

  BudgetShare(Explorer explorer) {
    this.explorer = explorer;
  }

  /** The share spent of the nearest limit; 0 without limits. */
  double spent() {
    Budget budget = explorer.budget();
    CostMeter meter = explorer.meter();
    double share = share((double) meter.modelTokens(), budget.modelTokens());
    share = Math.max(share, share((double) meter.modelCalls(), budget.modelCalls()));
    share = Math.max(share, share((double) meter.nodesExpanded(), budget.nodes()));
    share = Math.max(share, share((double) meter.steps(), budget.steps()));
    return Math.max(share, share((double) meter.wallNanos(), budget.wallNanos()));
  }

  /** The expected share that one particle costs if it reaches the length limit. */
  double perParticle() {
    Budget budget = explorer.budget();
    int actionLength = explorer.spec().rule().actionLength();
    double actions = Math.ceil((double) explorer.spec().maxTokens() / actionLength);
    double share = share(actions, budget.nodes());
    share = Math.max(share, share(actions, budget.steps()));
    return Math.max(share, share(actions * tokensPerExpansion(), budget.modelTokens()));
  }

  /** Model tokens of one expansion at most. */
  double tokensPerExpansion() {
    return explorer.tokensPerExpansion();
  }

  private static double share(double used, long limit) {
    return limit == Long.MAX_VALUE ? 0 : used / limit;
  }
}
