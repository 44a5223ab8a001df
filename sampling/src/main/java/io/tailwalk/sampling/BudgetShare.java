package io.tailwalk.sampling;

import io.tailwalk.core.cost.Budget;
import io.tailwalk.core.cost.Cost;
import io.tailwalk.core.tree.Explorer;

/**
 * The spent part of a budget and the expected cost of a particle, as shares of the tightest limit.
 */
public final class BudgetShare {
  private final Explorer explorer;

  /** Shares of the budget that an explorer has at the time of each question. */
  public BudgetShare(Explorer explorer) {
    this.explorer = explorer;
  }

  /** The share spent of the nearest limit; 0 without limits. */
  public double spent() {
    return of(explorer.meter().cost());
  }

  /** The share of the nearest limit that a cost is; 0 without limits. */
  public double of(Cost cost) {
    Budget budget = explorer.budget();
    double share = share((double) cost.modelTokens(), budget.modelTokens());
    share = Math.max(share, share((double) cost.modelCalls(), budget.modelCalls()));
    share = Math.max(share, share((double) cost.nodesExpanded(), budget.nodes()));
    share = Math.max(share, share((double) cost.steps(), budget.steps()));
    return Math.max(share, share((double) cost.wallNanos(), budget.wallNanos()));
  }

  /** The expected share that one particle costs if it reaches the length limit. */
  public double perParticle() {
    Budget budget = explorer.budget();
    int actionLength = explorer.spec().rule().actionLength();
    double actions = Math.ceil((double) explorer.spec().maxTokens() / actionLength);
    double share = share(actions, budget.nodes());
    share = Math.max(share, share(actions, budget.steps()));
    return Math.max(share, share(actions * tokensPerExpansion(), budget.modelTokens()));
  }

  /** Model tokens of one expansion at most. */
  public double tokensPerExpansion() {
    return explorer.tokensPerExpansion();
  }

  private static double share(double used, long limit) {
    return limit == Long.MAX_VALUE ? 0 : used / limit;
  }
}
