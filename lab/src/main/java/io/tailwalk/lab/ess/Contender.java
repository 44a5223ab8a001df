package io.tailwalk.lab.ess;

import io.tailwalk.core.verify.TargetDistribution;
import io.tailwalk.lab.LabelledSampler;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Samplers;
import java.util.List;
import java.util.Map;

/**
 * A sampler with parameters.
 *
 * @param label label of its row in tables
 * @param sampler made from the registry
 */
record Contender(String label, Sampler sampler) implements LabelledSampler {
  /** The sampler whose claims are tested. */
  static final Contender AUTO = of("auto", "auto", Map.of());

  /** Value-guided backtracking in its best honest forms: one walk, values as they are. */
  private static final Map<String, String> ONE_WALK =
      Map.of("walks", "1", "calibrate", "0", "interval_share", "0");

  /** Spends the complete budget on the sample, the best case of rivals. Auto keeps its interval. */
  private static final Map<String, String> NO_INTERVAL = Map.of("interval_share", "0");

  /**
   * Every sampler of the registry that can succeed here. Samplers that draw complete responses from
   * the model alone cannot, since a balanced string has a probability of 1e-7 or less.
   */
  static List<Contender> all(int length) {
    int mixing = 2 * length * length;
    return List.of(
        AUTO,
        of(
            "vgb every-leaf",
            "vgb",
            Map.of("walks", "1", "calibrate", "0", "form", "every-leaf", "interval_share", "0")),
        of("vgb tours", "vgb", ONE_WALK),
        of(
            "vgb fixed-time",
            "vgb",
            Map.of("walks", "1", "calibrate", "0", "form", "fixed-time", "steps", "" + mixing)),
        of(
            "vgb-momentum every-leaf",
            "vgb-momentum",
            Map.of("walks", "1", "calibrate", "0", "form", "every-leaf", "interval_share", "0")),
        of("vgb-momentum", "vgb-momentum", Map.of("tokens_per_call", "0", "interval_share", "0")),
        of("smc", "smc", NO_INTERVAL),
        of("particle-gibbs", "particle-gibbs", NO_INTERVAL),
        of("action-importance", "action-importance", NO_INTERVAL),
        of("action-rejection", "action-rejection", Map.of()),
        of("block-best-of-n", "block-best-of-n", Map.of()),
        of("block-rejection", "block-rejection", Map.of()),
        of("beam", "beam", Map.of()),
        of("tokenwise-backtracking", "tokenwise-backtracking", Map.of()));
  }

  private static Contender of(String label, String name, Map<String, String> params) {
    return new Contender(label, Samplers.create(name, params));
  }

  boolean isAuto() {
    return sampler.name().equals("auto");
  }

  boolean isVgb() {
    return sampler.name().equals("vgb");
  }

  /** Whether its distribution converges to the target as the budget grows. */
  boolean isConsistent() {
    return sampler.targetDistribution() != TargetDistribution.BIASED;
  }
}
