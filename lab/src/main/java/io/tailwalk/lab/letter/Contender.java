package io.tailwalk.lab.letter;

import io.tailwalk.lab.LabelledSampler;
import io.tailwalk.lab.WholeBudget;
import io.tailwalk.sampling.Sampler;
import java.util.List;
import java.util.Map;

/**
 * A sampler as it enters.
 *
 * @param label its row
 * @param sampler made from the registry
 * @param usesAlpha whether its distribution depends on alpha; where all leaves have the same depth,
 *     {@code alpha^(H-h)} is a constant among siblings and among particles of one age, so only
 *     walks see it; auto learns it away, up to the penalty of its regression
 */
record Contender(String label, Sampler sampler, boolean usesAlpha) implements LabelledSampler {
  /** The same descents with importance weights: what the target's own figures come from. */
  static final String IMPORTANCE = "action-importance";

  /** Draws or walks at the same time: few, so that a run ends near its budget. */
  private static final int AT_A_TIME = 4;

  /**
   * All, for runs of a budget. VGB takes the value as published; momentum calibrates it with four
   * descents; both count every leaf visited, since at these budgets few walks are back at the root.
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

  /** Whether it is run for comparison only: the claim is on auto and action-level sampling. */
  boolean isPeer() {
    return !List.of(ACTION_LEVEL, IMPORTANCE, AUTO).contains(label);
  }

  /** Whether its completions are to be judged; importance weights only serve the target. */
  boolean judged() {
    return !label.equals(IMPORTANCE);
  }

  /**
   * Whether a sampler always has something to return. A walk need not: where the value claims more
   * than there is it turns round before a leaf.
   */
  static boolean mustReturn(String label) {
    return !List.of(VGB, MOMENTUM).contains(label);
  }
}
