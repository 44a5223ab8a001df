package io.tailwalk.lab.rivals;

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
 * @param role what the verdict does with it
 */
record Entrant(String label, Sampler sampler, Role role) implements LabelledSampler {

  /** What the verdict does with a sampler. */
  enum Role {
    /** Claimed to have the smaller error. */
    WALK,
    /** Claimed to have the larger error. */
    RIVAL,
    /** Shown. */
    SHOWN
  }

  /**
   * All samplers: the walks with one walk each, values as they are; the rivals as published, as far
   * as that is known, and in a second setting, with one chain and without moves.
   */
  static List<Entrant> all() {
    String name = "smc-lookahead";
    return List.of(
        new Entrant(VGB, WholeBudget.everyLeaf(VGB, 0, 1), Role.WALK),
        new Entrant(MOMENTUM, WholeBudget.everyLeaf(MOMENTUM, 0, 1), Role.WALK),
        of("qalign", "qalign", Map.of(), Role.RIVAL),
        of("qalign, one chain", "qalign", Map.of("chains", "1"), Role.RIVAL),
        of(name, name, Map.of("rollouts", "2", "moves", "2"), Role.RIVAL),
        of(name + ", no moves", name, Map.of("rollouts", "2", "moves", "0"), Role.RIVAL),
        of(SMC, SMC, Map.of(), Role.SHOWN),
        of(ACTION_LEVEL, "action-rejection", Map.of(), Role.SHOWN),
        of("best-of-n", "best-of-n", Map.of(), Role.SHOWN));
  }

  private static Entrant of(String label, String name, Map<String, String> params, Role role) {
    return new Entrant(label, WholeBudget.sampler(name, params), role);
  }
}
