package io.tailwalk.lab.letter;

import io.tailwalk.lab.LabelledSampler;
import io.tailwalk.lab.WholeBudget;
import io.tailwalk.sampling.Sampler;
import java.util.List;
import java.util.Map;

/**
 * A sampler of the experiment.
 *
 * @param label label of its row in tables
 * @param sampler made from the registry
 * @param usesAlpha whether its distribution depends on alpha; if all leaves have the same depth,
 *     {@code alpha^(H-h)} is constant among siblings and among particles of the same length, so
 *     only walks depend on it; auto removes it by its regression, up to the penalty
 */
record Contender(String label, Sampler sampler, boolean usesAlpha) implements LabelledSampler {
  /** The same descents with importance weights, from which the target's figures are estimated. */
  static final String IMPORTANCE = "action-importance";

  /** Number of parallel draws or walks: few, so that a run ends near its budget. */
  private static final int AT_A_TIME = 4;

  /**
   * All samplers for runs of a budget. VGB uses the value as published; momentum calibrates it with
   * four descents; both count every visited leaf, since few walks return to the root at these
   * budgets.
   *
   * @param budget model tokens of a run
   * @param tokens H
   */
  static List<Contender> all(int budget, int tokens) {
    int particles = Math.max(2, budget / tokens);
    Map<String, String> parallel = Map.of("parallel", "" + AT_A_TIME);
    return List.of(
        new Contender(ACTION_LEVEL, WholeBudget.sampler("action-rejection", parallel), false),
        new Contender(IMPORTANCE, WholeBudget.sampler(IMPORTANCE, parallel), false),
        new Contender(SMC, WholeBudget.particles(particles), false),
        new Contender(VGB, WholeBudget.everyLeaf(VGB, 0, AT_A_TIME), true),
        new Contender(MOMENTUM, WholeBudget.everyLeaf(MOMENTUM, 4, AT_A_TIME), true),
        new Contender(AUTO, WholeBudget.sampler(AUTO, Map.of()), false));
  }

  /** Whether it runs for comparison only: the claim is about auto and action-level sampling. */
  boolean isPeer() {
    return !List.of(ACTION_LEVEL, IMPORTANCE, AUTO).contains(label);
  }

  /** Whether its completions are judged; importance weights only serve to estimate the target. */
  boolean judged() {
    return !label.equals(IMPORTANCE);
  }

  /**
   * Whether a sampler must return a completion. A walk may return none: if the value is too large,
   * it turns back before it reaches a leaf.
   */
  static boolean mustReturn(String label) {
    return !List.of(VGB, MOMENTUM).contains(label);
  }
}
