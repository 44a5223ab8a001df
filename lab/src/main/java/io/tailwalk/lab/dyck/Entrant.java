package io.tailwalk.lab.dyck;

import io.tailwalk.lab.LabelledSampler;
import io.tailwalk.lab.WholeBudget;
import io.tailwalk.sampling.Sampler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A sampler with parameters.
 *
 * @param label label of its row in tables
 * @param family its group in the plot
 * @param sampler made from the registry
 * @param baseline whether it is one of the paper's baselines
 * @param stepsPerToken steps that a run may make per model token; without this limit, a run that
 *     reaches no new node would continue for ever. A step of a block sampler is one draw per
 *     candidate
 */
record Entrant(String label, String family, Sampler sampler, boolean baseline, int stepsPerToken)
    implements LabelledSampler {
  /** The family of complete responses, of which the best of n is kept. */
  static final String BEST_OF_N = "best-of-n";

  private static final int STEPS = 50;
  private static final int LEAST_STEPS = 4;

  /** The samplers that correct errors of the value, auto first; walks as in the paper. */
  static List<Entrant> ours() {
    return List.of(
        ours(AUTO, Map.of()),
        ours(VGB, Map.of("walks", "1", "calibrate", "0")),
        ours(MOMENTUM, Map.of("tokens_per_call", "0")),
        ours(SMC, Map.of()));
  }

  private static Entrant ours(String name, Map<String, String> params) {
    return new Entrant(name, name, WholeBudget.sampler(name, params), false, STEPS);
  }

  /** Guidance by the value without backtracking. */
  static Entrant actionLevel() {
    return new Entrant(
        ACTION_LEVEL, ACTION_LEVEL, WholeBudget.sampler("action-rejection", Map.of()), true, STEPS);
  }

  /** Complete responses from the model until one passes. */
  static Entrant outcomeLevel() {
    return new Entrant(
        OUTCOME_LEVEL,
        OUTCOME_LEVEL,
        WholeBudget.sampler("outcome-rejection", Map.of()),
        true,
        STEPS);
  }

  /**
   * The paper's baselines.
   *
   * @param responseLength block length at which block best-of-n is best-of-n
   */
  static List<Entrant> baselines(DyckPlan.Grid grid, int responseLength) {
    List<Entrant> all = new ArrayList<>(List.of(actionLevel()));
    for (int n : grid.candidates()) {
      all.add(block(BEST_OF_N, "block-best-of-n", responseLength, n, ", " + n));
    }
    for (String name : List.of("block-best-of-n", "block-rejection")) {
      for (int length : grid.lengths()) {
        for (int n : grid.candidates()) {
          all.add(block(name, name, length, n, ", " + n + " of " + length));
        }
      }
    }
    return all;
  }

  private static Entrant block(String family, String name, int length, int n, String how) {
    var params = Map.of("block_length", "" + length, "candidates", "" + n);
    int steps = Math.max(LEAST_STEPS, STEPS / n);
    return new Entrant(family + how, family, WholeBudget.sampler(name, params), true, steps);
  }
}
