package io.tailwalk.lab.dyck;

import io.tailwalk.builtin.dyck.DyckLanguage;
import io.tailwalk.core.random.Streams;
import io.tailwalk.train.model.ParameterLayout;
import io.tailwalk.train.model.TransformerConfig;
import io.tailwalk.values.LearnedValue;
import io.tailwalk.values.Mlp;
import io.tailwalk.values.OneHot;
import java.util.List;
import java.util.random.RandomGenerator;

/** A task whose every response can be gone through: eight brackets, two of them given. */
final class SmallTask {
  static final DyckLanguage LANGUAGE = new DyckLanguage(8, 3);
  static final int LENGTH = 6;

  private SmallTask() {}

  static DyckPlan plan(int repeats) {
    return new DyckPlan(
        new Grammar(LANGUAGE, 0.8),
        "([",
        TransformerConfig.llama(Grammar.MODEL_TOKENS, 8, 1, 2, 8),
        new DyckPlan.Base(2, 4, 1e-3),
        100,
        List.of(1, 2),
        new DyckPlan.Grid(List.of(2), List.of(4)),
        120,
        120,
        repeats);
  }

  static Task task() {
    DyckPlan plan = plan(4);
    return Task.of(plan, random(ParameterLayout.of(plan.shape()).size(), 0.5, 1));
  }

  /** A value as good as none: a perceptron that nobody trained. */
  static LearnedValue value() {
    return value(2);
  }

  static LearnedValue value(long seed) {
    List<Integer> widths = List.of(DyckLanguage.NUM_TOKENS * LENGTH, 6, 1);
    return new LearnedValue(
        new OneHot(DyckLanguage.NUM_TOKENS, LENGTH),
        new Mlp(widths, random(Mlp.size(widths), 0.7, seed)),
        0,
        LearnedValue.LOG_FLOOR);
  }

  private static float[] random(int size, double spread, long seed) {
    RandomGenerator random = Streams.of(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (spread * random.nextGaussian());
    }
    return values;
  }
}
