package io.tailwalk.core.cost;

import java.time.Duration;
import java.util.Optional;

/**
 * What a run may cost; the first limit reached ends it. {@link Long#MAX_VALUE} is no limit.
 *
 * @param modelTokens completion tokens pushed through the model
 * @param modelCalls batched forward calls
 * @param nodes node expansions
 * @param steps walk steps or particle extensions
 * @param wallNanos elapsed nanoseconds
 * @param treeBytes memory of the generation tree
 */
public record Budget(
    long modelTokens, long modelCalls, long nodes, long steps, long wallNanos, long treeBytes) {

  /** Multiple of the budget at which unfinished units of work are cut. */
  public static final double HARD_LIMIT = 1.5;

  private static final long NONE = Long.MAX_VALUE;

  /** No limits. */
  public static final Budget UNLIMITED = new Budget(NONE, NONE, NONE, NONE, NONE, NONE);

  /** Refuses limits below 1. */
  public Budget {
    requirePositive("model tokens", modelTokens);
    requirePositive("model calls", modelCalls);
    requirePositive("nodes", nodes);
    requirePositive("steps", steps);
    requirePositive("wall time", wallNanos);
    requirePositive("tree bytes", treeBytes);
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "a budget of " + name + " must be at least 1, got " + value);
    }
  }

  /** A limit on model tokens alone. */
  public static Budget ofModelTokens(long modelTokens) {
    return UNLIMITED.withModelTokens(modelTokens);
  }

  /** This budget with a different limit on model tokens. */
  public Budget withModelTokens(long limit) {
    return new Budget(limit, modelCalls, nodes, steps, wallNanos, treeBytes);
  }

  /** This budget with a different limit on model calls. */
  public Budget withModelCalls(long limit) {
    return new Budget(modelTokens, limit, nodes, steps, wallNanos, treeBytes);
  }

  /** This budget with a different limit on node expansions. */
  public Budget withNodes(long limit) {
    return new Budget(modelTokens, modelCalls, limit, steps, wallNanos, treeBytes);
  }

  /** This budget with a different limit on steps. */
  public Budget withSteps(long limit) {
    return new Budget(modelTokens, modelCalls, nodes, limit, wallNanos, treeBytes);
  }

  /** This budget with a different time limit. */
  public Budget withWallTime(Duration limit) {
    return new Budget(modelTokens, modelCalls, nodes, steps, limit.toNanos(), treeBytes);
  }

  /** This budget with a different limit on the tree's memory. */
  public Budget withTreeBytes(long limit) {
    return new Budget(modelTokens, modelCalls, nodes, steps, wallNanos, limit);
  }

  /** The remainder after a cost, at least 1 of each limit; the tree's memory limit is unchanged. */
  public Budget minus(Cost spent) {
    return new Budget(
        left(modelTokens, spent.modelTokens()),
        left(modelCalls, spent.modelCalls()),
        left(nodes, spent.nodesExpanded()),
        left(steps, spent.steps()),
        left(wallNanos, spent.wallNanos()),
        treeBytes);
  }

  private static long left(long limit, long spent) {
    return limit == NONE ? NONE : Math.max(1, limit - spent);
  }

  /** Every limit except the tree's memory multiplied by a factor of at least 1. */
  public Budget times(double factor) {
    return new Budget(
        stretched(modelTokens, factor),
        stretched(modelCalls, factor),
        stretched(nodes, factor),
        stretched(steps, factor),
        stretched(wallNanos, factor),
        treeBytes);
  }

  /**
   * This budget, capped at a cost multiplied by a factor.
   *
   * @param factor at least 1
   */
  public Budget atMost(Cost cost, double factor) {
    return new Budget(
        atMost(modelTokens, cost.modelTokens(), factor),
        modelCalls,
        atMost(nodes, cost.nodesExpanded(), factor),
        atMost(steps, cost.steps(), factor),
        wallNanos,
        treeBytes);
  }

  private static long atMost(long limit, long spent, double factor) {
    return spent == 0 ? limit : Math.min(limit, (long) Math.ceil(spent * factor));
  }

  /** Whether memory is the only limit of a run. */
  public boolean isUnlimited() {
    return withTreeBytes(NONE).equals(UNLIMITED);
  }

  /**
   * A fraction of every limit except the tree's memory, at least 1 of each.
   *
   * @param part in (0, 1]
   */
  public Budget part(double part) {
    if (!(part > 0 && part <= 1)) {
      throw new IllegalArgumentException("a part must lie in (0, 1], got " + part);
    }
    return new Budget(
        partOf(modelTokens, part),
        partOf(modelCalls, part),
        partOf(nodes, part),
        partOf(steps, part),
        partOf(wallNanos, part),
        treeBytes);
  }

  private static long partOf(long limit, double part) {
    return limit == NONE ? NONE : Math.max(1, Math.round(limit * part));
  }

  private static long stretched(long limit, double factor) {
    return limit == NONE ? NONE : (long) Math.ceil(limit * factor);
  }

  /** The first limit that the meter has reached, if any. */
  public Optional<StopReason> reached(CostMeter meter, long treeBytesNow) {
    if (meter.modelTokens() >= modelTokens) {
      return Optional.of(StopReason.MODEL_TOKENS);
    }
    if (meter.modelCalls() >= modelCalls) {
      return Optional.of(StopReason.MODEL_CALLS);
    }
    if (meter.nodesExpanded() >= nodes) {
      return Optional.of(StopReason.NODES);
    }
    if (meter.steps() >= steps) {
      return Optional.of(StopReason.STEPS);
    }
    if (wallNanos != NONE && meter.wallNanos() >= wallNanos) {
      return Optional.of(StopReason.TIME);
    }
    if (treeBytesNow >= treeBytes) {
      return Optional.of(StopReason.MEMORY);
    }
    return Optional.empty();
  }

  /**
   * Whether more work fits: the meter and the given model tokens stay within the limits on model
   * tokens, model calls and time, none of which can be regained.
   */
  public boolean allows(CostMeter meter, long moreTokens) {
    return moreTokens <= modelTokens - meter.modelTokens()
        && meter.modelCalls() < modelCalls
        && (wallNanos == NONE || meter.wallNanos() < wallNanos);
  }

  /**
   * Whether the meter has exceeded a limit; a meter equal to a limit has reached it without
   * exceeding it.
   */
  public boolean exceeded(CostMeter meter, long treeBytesNow) {
    return meter.modelTokens() > modelTokens
        || meter.modelCalls() > modelCalls
        || meter.nodesExpanded() > nodes
        || meter.steps() > steps
        || (wallNanos != NONE && meter.wallNanos() > wallNanos)
        || treeBytesNow > treeBytes;
  }
}
