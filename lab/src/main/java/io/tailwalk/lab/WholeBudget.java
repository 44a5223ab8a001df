package io.tailwalk.lab;

import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Samplers;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Samplers as their papers have them: the whole budget goes into the sample, and none of it into an
 * interval of the success probability, which these experiments do not read.
 */
public final class WholeBudget {
  private static final Set<String> KEEP_A_PART =
      Set.of("auto", "vgb", "vgb-momentum", "smc", "particle-gibbs", "action-importance");

  private WholeBudget() {}

  /** A sampler of the registry. */
  public static Sampler sampler(String name, Map<String, String> parameters) {
    Map<String, String> all = new HashMap<>(parameters);
    if (KEEP_A_PART.contains(name)) {
      all.putIfAbsent("interval_share", "0");
    }
    return Samplers.create(name, all);
  }

  /** One system of so many particles. */
  public static Sampler particles(int count) {
    return sampler("smc", Map.of("particles", "" + count, "runs", "1"));
  }

  /**
   * A walk that counts every leaf it visits.
   *
   * @param name of a walk
   * @param calibrate descents by which it scales the value; 0 for the value as it is
   * @param walks at the same time
   */
  public static Sampler everyLeaf(String name, int calibrate, int walks) {
    return sampler(
        name, Map.of("form", "every-leaf", "calibrate", "" + calibrate, "walks", "" + walks));
  }
}
