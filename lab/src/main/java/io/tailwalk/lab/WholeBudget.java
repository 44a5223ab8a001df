package io.tailwalk.lab;

import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Samplers;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Samplers as described in their papers: the complete budget is spent on the sample and nothing on
 * an interval of the success probability, which these experiments do not read.
 */
public final class WholeBudget {
  private static final Set<String> KEEP_A_PART =
      Set.of(
          "auto",
          "vgb",
          "vgb-momentum",
          "smc",
          "smc-lookahead",
          "particle-gibbs",
          "qalign",
          "action-importance");

  private WholeBudget() {}

  /** A sampler of the registry. */
  public static Sampler sampler(String name, Map<String, String> parameters) {
    Map<String, String> all = new HashMap<>(parameters);
    if (KEEP_A_PART.contains(name)) {
      all.putIfAbsent("interval_share", "0");
    }
    return Samplers.create(name, all);
  }

  /** One system of this many particles. */
  public static Sampler particles(int count) {
    return sampler("smc", Map.of("particles", "" + count, "runs", "1"));
  }

  /**
   * A walk that counts every leaf it visits.
   *
   * @param name name of the walk
   * @param calibrate number of descents that scale the value; 0 leaves the value unchanged
   * @param walks number of parallel walks
   */
  public static Sampler everyLeaf(String name, int calibrate, int walks) {
    return sampler(
        name, Map.of("form", "every-leaf", "calibrate", "" + calibrate, "walks", "" + walks));
  }
}
