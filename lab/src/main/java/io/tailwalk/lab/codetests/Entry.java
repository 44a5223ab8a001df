package io.tailwalk.lab.codetests;

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
 */
record Entry(String label, Sampler sampler) implements LabelledSampler {
  /**
   * All samplers for runs of a budget. Walks count every leaf they visit; VGB uses the value
   * unchanged, momentum calibrates it. The number of particles is what the budget allows at full
   * length, since an interrupted system returns no sample.
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
   * Whether a sampler must return a line. A walk may return none: the value claims 1 although the
   * exact value is far smaller, so that the walk turns back before it reaches a leaf.
   */
  static boolean mustReturn(String label) {
    return !label.startsWith("vgb");
  }
}
