package io.tailwalk.lab.codetests;

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
 */
record Entry(String label, Sampler sampler) implements LabelledSampler {
  /**
   * All, for runs of a budget. Walks count every leaf they visit; VGB takes the value as it is,
   * momentum calibrates it. Particles are as many as the budget pays for at full length, since a
   * system that is cut gives nothing.
   */
  static List<Entry> all(int budget) {
    Map<String, String> parallel = Map.of("parallel", "4");
    int particles = Math.max(2, budget / CodeTask.TOKENS);
    return List.of(
        new Entry(ACTION_LEVEL, WholeBudget.sampler("action-rejection", parallel)),
        new Entry(SMC, WholeBudget.particles(particles)),
        new Entry(VGB, WholeBudget.everyLeaf(VGB, 0, 4)),
        new Entry(MOMENTUM, WholeBudget.everyLeaf(MOMENTUM, 4, 4)),
        new Entry(AUTO, WholeBudget.sampler(AUTO, Map.of())));
  }

  /**
   * Whether a sampler is to find something. A walk need not: the value claims 1 where the truth is
   * far less, so that it turns round before a leaf.
   */
  static boolean mustReturn(String label) {
    return !label.startsWith("vgb");
  }
}
