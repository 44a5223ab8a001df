package io.tailwalk.lab.letter;

import io.tailwalk.lab.WholeBudget;
import io.tailwalk.sampling.Sampler;
import java.util.Map;

/**
 * A sampler that is compared with action-level sampling, completion by completion.
 *
 * @param label its label
 * @param sampler made from the registry
 */
record Entrant(String label, Sampler sampler) {
  /**
   * The paper's sampler: one walk with the value as published; its completion is drawn from the
   * leaves that it visited within the budget.
   */
  static Entrant vgb() {
    return new Entrant(Contender.VGB, WholeBudget.everyLeaf(Contender.VGB, 0, 1));
  }

  /** Any sampler of the registry, for tests of the rule. */
  static Entrant named(String name, Map<String, String> parameters) {
    return new Entrant(name, WholeBudget.sampler(name, parameters));
  }
}
