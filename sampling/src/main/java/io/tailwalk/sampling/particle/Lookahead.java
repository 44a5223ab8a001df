package io.tailwalk.sampling.particle;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.Purpose;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.independent.BaseGrowth;
import io.tailwalk.sampling.independent.Growth;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What can be expected below a prefix: {@code (V(v) + sum_j tau_j) / (J + 1)} from J responses that
 * the model draws from there, the value counting as one more response. On a complete response it is
 * the reward. A prefix with the value zero has none, and nothing is drawn from it.
 *
 * <p>The draws of a prefix come from a stream of its own and are made once, so that the estimate is
 * a fixed function of the prefix, whatever the particles do. It is then a twist like any other: it
 * need not be right for a particle system to be unbiased, only positive where a reward can follow.
 */
final class Lookahead {
  private final Run run;
  private final Explorer explorer;
  private final BaseGrowth growth;
  private final int rollouts;
  private final Map<Integer, Double> known = new HashMap<>();

  /**
   * An estimate of a run.
   *
   * @param rollouts J, at least 0; without any the estimate is the value
   */
  Lookahead(Run run, int rollouts) {
    this.run = run;
    this.explorer = run.explorer();
    this.growth = new BaseGrowth(explorer);
    this.rollouts = rollouts;
  }

  /** Estimates the nodes that are not yet known; false if the run cuts it short. */
  boolean estimate(int[] nodes) {
    GenerationTree tree = explorer.tree();
    explorer.value(nodes, nodes.length);
    int[] fresh =
        Arrays.stream(nodes)
            .distinct()
            .filter(node -> !tree.isLeaf(node) && !known.containsKey(node))
            .filter(node -> explorer.logValue(node) > Double.NEGATIVE_INFINITY)
            .toArray();
    int[] at = new int[fresh.length * rollouts];
    Chooser[] choosers = new Chooser[at.length];
    for (int i = 0; i < at.length; i++) {
      at[i] = fresh[i / rollouts];
      choosers[i] = chooser(at[i], i % rollouts);
    }
    for (int open = at.length; open > 0; open = Growth.open(tree, at).length) {
      if (!run.mayGoOn(open, explorer.tokensToTheEnd(at))) {
        return false;
      }
      growth.grow(at, choosers);
      explorer.meter().addSteps(open);
    }
    explorer.value(at, at.length);
    for (int i = 0; i < fresh.length; i++) {
      known.put(fresh[i], logMean(fresh[i], at, i * rollouts));
    }
    return true;
  }

  private Chooser chooser(int node, int rollout) {
    long[] tokens = Arrays.stream(explorer.tree().tokenIds(node)).asLongStream().toArray();
    long prefix = Streams.key(run.options().seed(), tokens);
    return new RandomChooser(Streams.of(prefix, Purpose.LOOKAHEAD, rollout));
  }

  private double logMean(int node, int[] leaves, int from) {
    double[] logs = new double[rollouts + 1];
    Arrays.setAll(logs, j -> explorer.logValue(j < rollouts ? leaves[from + j] : node));
    double max = Arrays.stream(logs).max().getAsDouble();
    double sum = Arrays.stream(logs).map(log -> Math.exp(log - max)).sum();
    return max + Math.log(sum / logs.length);
  }

  /** The log of the estimate; 0 at the root, whose estimate would cancel. */
  double logMean(int node) {
    return explorer.tree().isRoot(node) ? 0 : known.getOrDefault(node, explorer.logValue(node));
  }
}
