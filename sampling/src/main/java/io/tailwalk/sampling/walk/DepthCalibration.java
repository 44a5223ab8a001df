package io.tailwalk.sampling.walk;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.Purpose;
import io.tailwalk.sampling.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Calibrates the scale of a value function at each depth before the walk begins: the factor {@code
 * g(h)} is chosen from the bottom up so that {@code V = S} on average over the nodes of depth h
 * that a few guided descents pass. A walk turns around if {@code V} and {@code S} disagree, so a
 * value like "can still pass" (1 everywhere) becomes usable. The descents use their own random
 * stream and end before the first tour, so tours remain unbiased given the descents.
 */
public final class DepthCalibration {
  /**
   * Least log-ratio between two depths. A few descents may see none of the nodes with a large S; a
   * walk is caught below such a node for as many steps as V is too small.
   */
  private static final double LEAST_STEP = Math.log(1e-4);

  private final Explorer explorer;
  private final int descents;
  private final long seed;

  /** Sets the number of parallel descents, at least 1. */
  public DepthCalibration(Explorer explorer, int descents, long seed) {
    this.explorer = explorer;
    this.descents = descents;
    this.seed = seed;
  }

  /**
   * Calibrates the tree of a run by so many descents, or fewer if children are sampled and the
   * budget is small.
   */
  static void run(Run run, int descents) {
    long most = run.enumerates() ? descents : Math.clamp(run.expansionsLeft() / 8, 1, descents);
    if (descents > 0) {
      new DepthCalibration(run.explorer(), (int) most, run.options().seed()).run();
    }
  }

  /** Descends, then sets the factors on the explorer. */
  public void run() {
    List<List<Integer>> passed = descend();
    double typical = typicalLogRatio(passed) / explorer.spec().rule().actionLength();
    double logFactor = 0;
    for (int depth = explorer.spec().maxTokens() - 1; depth >= 1; depth--) {
      double observed =
          depth < passed.size() && !passed.get(depth).isEmpty()
              ? logMeanRatio(passed.get(depth))
              : Double.NaN;
      logFactor =
          Double.isFinite(observed)
              ? Math.max(observed, logFactor + LEAST_STEP)
              : logFactor + typical;
      explorer.calibrate(depth, logFactor);
    }
  }

  /** The inner nodes on the descents, by depth (in tokens). */
  private List<List<Integer>> descend() {
    GenerationTree tree = explorer.tree();
    Chooser[] choosers = new Chooser[descents];
    int[] at = new int[descents];
    for (int i = 0; i < descents; i++) {
      choosers[i] = new RandomChooser(Streams.of(seed, Purpose.PILOT, i));
      at[i] = explorer.root(0);
    }
    List<List<Integer>> passed = new ArrayList<>();
    int[] open = new int[descents];
    boolean sampled = !(explorer.spec().rule() instanceof ExpansionRule.Enumerate);
    while (explorer.budgetReached().isEmpty()) {
      int count = 0;
      for (int node : at) {
        if (node != GenerationTree.NONE) {
          open[count++] = node;
        }
      }
      long different = Arrays.stream(open, 0, count).distinct().count();
      if (count == 0 || (sampled && explorer.affordable(explorer.budget()) < different)) {
        break;
      }
      explorer.expand(open, count);
      for (int i = 0; i < descents; i++) {
        if (at[i] != GenerationTree.NONE) {
          note(passed, at[i]);
          at[i] = next(at[i], choosers[i], tree);
        }
      }
    }
    return passed;
  }

  private int next(int node, Chooser chooser, GenerationTree tree) {
    if (tree.logOut(node) == Double.NEGATIVE_INFINITY) {
      return GenerationTree.NONE;
    }
    int child = explorer.drawChild(node, chooser);
    return tree.isLeaf(child) ? GenerationTree.NONE : child;
  }

  private void note(List<List<Integer>> passed, int node) {
    int depth = explorer.tree().depth(node);
    while (passed.size() <= depth) {
      passed.add(new ArrayList<>());
    }
    passed.get(depth).add(node);
  }

  private double typicalLogRatio(List<List<Integer>> passed) {
    List<Integer> all = passed.stream().skip(1).flatMap(List::stream).toList();
    double ratio = all.isEmpty() ? 0 : logMeanRatio(all);
    return Double.isFinite(ratio) ? ratio : 0;
  }

  /** Log of the mean of {@code S/V}. */
  private double logMeanRatio(List<Integer> nodes) {
    double sum = 0;
    for (int node : nodes) {
      sum += explorer.tree().outOverIn(node);
    }
    return Math.log(sum / nodes.size());
  }
}
