package io.tailwalk.runs.compare;

import io.tailwalk.core.cost.StopReason;
import io.tailwalk.runs.sample.PromptResult;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Answers of one sampler to all prompts at a cost that is the same for all samplers. A sampler that
 * could stop early continues until its budget is used. A sampler that exceeds its budget, because
 * it finishes what it has begun, or that stops before it is run again with a budget that brings its
 * use close to the target.
 *
 * @param results one result per prompt
 * @param target target of model tokens per prompt
 * @param budget model tokens per prompt given to the sampler
 * @param otherTokens model tokens of the discarded runs
 */
public record EqualUse(List<PromptResult> results, long target, long budget, long otherTokens) {
  /** Relative deviation from the target up to which use counts as equal. */
  static final double TOLERANCE = 0.1;

  private static final int ROUNDS = 3;

  /**
   * If a changed budget changes the use by less than this share, the budget does not determine the
   * use.
   */
  private static final double SAME = 0.01;

  /** Keeps a copy. */
  public EqualUse {
    results = List.copyOf(results);
  }

  /**
   * Runs the sampler once, and up to two more times with another budget.
   *
   * @param target target of model tokens per prompt
   * @param run returns the answers of the sampler for a budget of model tokens per prompt
   */
  public static EqualUse of(long target, LongFunction<List<PromptResult>> run) {
    EqualUse best = new EqualUse(run.apply(target), target, target, 0);
    EqualUse last = best;
    for (int round = 1; round < ROUNDS && !best.isEqual() && last.budgetDecides(); round++) {
      long budget = Math.clamp(Math.round(last.budget / last.share()), target / 2, target * 2);
      if (budget < 1 || budget == last.budget) {
        break;
      }
      EqualUse next = new EqualUse(run.apply(budget), target, budget, 0);
      long all = best.otherTokens + best.tokens() + next.tokens();
      boolean same = Math.abs(next.share() / last.share() - 1) < SAME;
      best = next.miss() < best.miss() ? next : best;
      best = new EqualUse(best.results, target, best.budget, all - best.tokens());
      if (same) {
        break;
      }
      last = next;
    }
    return best;
  }

  /** Model tokens used over all prompts. */
  long tokens() {
    return results.stream().mapToLong(result -> result.sampling().cost().modelTokens()).sum();
  }

  /** Model tokens used, as a share of the target. */
  double share() {
    return (double) tokens() / target / results.size();
  }

  private double miss() {
    return Math.abs(Math.log(share()));
  }

  /** Whether the use is close enough to the target. */
  boolean isEqual() {
    return Math.abs(share() - 1) <= TOLERANCE;
  }

  /** Whether another budget may change the use; limits of other kinds remain unchanged. */
  private boolean budgetDecides() {
    return share() > 0
        && results.stream()
            .map(result -> result.sampling().stopReason())
            .anyMatch(reason -> reason == StopReason.MODEL_TOKENS || reason == StopReason.DONE);
  }

  /** The reason why the use is not equal, as a continuation of "it"; only for unequal use. */
  String reason() {
    if (share() > 1) {
      return "finishes what it has begun, and no smaller budget came closer";
    }
    return switch (commonest()) {
      case DONE -> "ends by itself";
      case MODEL_TOKENS -> "starts no work that does not fit in the remaining budget";
      case DEAD -> "found that no completion it can reach passes";
      case STEPS -> "continued for a long time without finding anything new";
      case MODEL_CALLS -> "used up its model calls first";
      case NODES -> "used up its nodes first";
      case TIME -> "ran out of time first";
      case MEMORY -> "ran out of memory for its tree first";
      case CANCELLED -> "was interrupted";
    };
  }

  private StopReason commonest() {
    StopReason commonest = StopReason.DONE;
    long most = -1;
    for (StopReason reason : StopReason.values()) {
      long count =
          results.stream().filter(result -> result.sampling().stopReason() == reason).count();
      if (count > most) {
        most = count;
        commonest = reason;
      }
    }
    return commonest;
  }
}
