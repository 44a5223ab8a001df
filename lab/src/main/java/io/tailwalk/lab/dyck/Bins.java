package io.tailwalk.lab.dyck;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Completions in a few groups of about equal probability under the target, ordered by how much
 * action-level sampling with a value over- or underrates them. A new group starts at the first
 * overrated completion, so that its total variation from the target over groups equals that over
 * completions, which no sample could measure. A walk that has not mixed errs in the same way.
 *
 * @param of the group of each completion by its {@link Keys key}
 * @param target probability of each group under the target
 * @param action probability of each group under action-level sampling, without dead ends
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Bins(Map<Long, Integer> of, double[] target, double[] action) {
  private static final int GROUPS = 10;

  /** Keeps a copy of the map. */
  Bins {
    of = Map.copyOf(of);
  }

  /** Makes the groups of a value. */
  static Bins of(CompletionTree tree, double[] actionLevel) {
    double alive = Arrays.stream(actionLevel).sum();
    double[] target = tree.target();
    double[] ratio = new double[target.length];
    Arrays.setAll(ratio, i -> actionLevel[i] / alive / target[i]);
    int[] order =
        IntStream.range(0, ratio.length)
            .boxed()
            .sorted((a, b) -> Double.compare(ratio[a], ratio[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    Map<Long, Integer> of = new HashMap<>();
    double[] targetMass = new double[GROUPS + 1];
    double[] actionMass = new double[GROUPS + 1];
    double before = 0;
    for (int i : order) {
      int group = Math.min(GROUPS - 1, (int) (before * GROUPS)) + (ratio[i] > 1 ? 1 : 0);
      before += target[i];
      of.put(Keys.of(tree.leaf(i), tree.leaf(i).length), group);
      targetMass[group] += target[i];
      actionMass[group] += actionLevel[i] / alive;
    }
    return new Bins(of, targetMass, actionMass);
  }

  int count() {
    return target.length;
  }

  /** The group of a valid completion. */
  int group(int[] tokens) {
    Integer group = of.get(Keys.of(tokens, tokens.length));
    if (group == null) {
      throw new IllegalStateException("the completion is not valid");
    }
    return group;
  }

  /** Exact total variation of action-level sampling from the target. */
  double actionDistance() {
    double sum = 0;
    for (int i = 0; i < target.length; i++) {
      sum += Math.abs(action[i] - target[i]) / 2;
    }
    return sum;
  }
}
