package io.tailwalk.lab.codetests;

import io.tailwalk.lab.LabelledSampler;
import io.tailwalk.lab.WholeBudget;
import io.tailwalk.sampling.Sampler;
import java.util.ArrayList;
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
   * The samplers of a plan. Walks count every leaf they visit; VGB uses the value unchanged,
   * momentum calibrates it. The number of particles is what the budget allows at full length, since
   * an interrupted system returns no sample.
   */
  static List<Entry> of(CodePlan plan) {
    Map<String, String> parallel = Map.of("parallel", "4");
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry(ACTION_LEVEL, WholeBudget.sampler("action-rejection", parallel)));
    entries.add(new Entry(VGB, WholeBudget.everyLeaf(VGB, 0, 4)));
    if (plan.rivals()) {
      int particles = Math.max(2, plan.budget() / CodeTask.TOKENS);
      entries.add(new Entry(MOMENTUM, WholeBudget.everyLeaf(MOMENTUM, 4, 4)));
      entries.add(new Entry(SMC, WholeBudget.particles(particles)));
      entries.add(new Entry(AUTO, WholeBudget.sampler(AUTO, Map.of())));
    }
    return entries;
  }

  /**
   * Whether a sampler must return lines of every function. Momentum may return none: the value
   * claims 1 although the exact value is far smaller, so that the walk turns back before it reaches
   * a leaf.
   */
  static boolean mustReturn(String label) {
    return !label.equals(MOMENTUM);
  }
}
