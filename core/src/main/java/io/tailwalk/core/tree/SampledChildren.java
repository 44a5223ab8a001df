package io.tailwalk.core.tree;

import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.verify.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * K actions of up to L tokens drawn i.i.d. from the model, duplicates merged; the draws depend on
 * the node's path alone, and on the budget only if it does not pay for one expansion: then the K
 * actions end early, all after the same round, which changes no mean because the round is decided
 * by what was drawn before it.
 */
final class SampledChildren implements ChildMaker {
  private final long seed;
  private final int k;
  private final int blockLength;
  private final GenerationTree tree;
  private final Explorer explorer;
  private final Valuation valuation;

  SampledChildren(
      TreeSpec spec,
      int k,
      int blockLength,
      GenerationTree tree,
      Explorer explorer,
      Valuation valuation) {
    this.seed = spec.seed();
    this.valuation = valuation;
    this.k = k;
    this.blockLength = blockLength;
    this.tree = tree;
    this.explorer = explorer;
  }

  @Override
  public List<Children> make(int[] nodes) {
    int[][] ends = drawActions(nodes);
    int[] all = Arrays.stream(ends).flatMapToInt(Arrays::stream).distinct().toArray();
    explorer.value(all, all.length);
    List<Children> made = new ArrayList<>();
    for (int i = 0; i < nodes.length; i++) {
      made.add(table(nodes[i], ends[i]));
    }
    return made;
  }

  /**
   * Extends K copies of every node by one token per round, with one model batch per round for all
   * nodes.
   */
  private int[][] drawActions(int[] nodes) {
    RandomChooser[] choosers = new RandomChooser[nodes.length];
    int[][] ends = new int[nodes.length][k];
    for (int i = 0; i < nodes.length; i++) {
      choosers[i] = new RandomChooser(Streams.of(seed, tree.pathKey(nodes[i])));
      Arrays.fill(ends[i], nodes[i]);
    }
    if (explorer.modelDraws()) {
      return drawnByTheModel(ends, choosers);
    }
    for (int round = 0; round < blockLength; round++) {
      int[] open = openEnds(ends);
      if (open.length == 0 || (round > 0 && !explorer.mayLengthen(open))) {
        break;
      }
      explorer.evaluate(open, open.length);
      for (int i = 0; i < nodes.length; i++) {
        lengthen(ends[i], choosers[i]);
      }
    }
    return ends;
  }

  /** Whole blocks in one request each, shorter if the budget does not pay for them. */
  private int[][] drawnByTheModel(int[][] ends, RandomChooser[] choosers) {
    int length = explorer.blocksWithinLimit(ends.length * k, blockLength);
    int[] all = Arrays.stream(ends).flatMapToInt(Arrays::stream).toArray();
    explorer.lengthen(all, i -> choosers[i / k], _ -> length);
    for (int i = 0; i < ends.length; i++) {
      ends[i] = Arrays.copyOfRange(all, i * k, (i + 1) * k);
    }
    return ends;
  }

  private int[] openEnds(int[][] ends) {
    return Arrays.stream(ends)
        .flatMapToInt(Arrays::stream)
        .filter(end -> !tree.isLeaf(end))
        .distinct()
        .toArray();
  }

  private void lengthen(int[] ends, RandomChooser chooser) {
    for (int j = 0; j < ends.length; j++) {
      if (!tree.isLeaf(ends[j])) {
        ends[j] = explorer.drawToken(ends[j], chooser);
      }
    }
  }

  private ChildTable table(int node, int[] ends) {
    int[] distinct = Arrays.stream(ends).distinct().toArray();
    double[] priors = new double[distinct.length];
    double[] values = new double[distinct.length];
    boolean[] open = new boolean[distinct.length];
    Map<Integer, Integer> drawn = new HashMap<>();
    Arrays.stream(ends).forEach(end -> drawn.merge(end, 1, Integer::sum));
    for (int i = 0; i < distinct.length; i++) {
      int child = distinct[i];
      priors[i] = Math.log((double) drawn.getOrDefault(child, 0) / ends.length);
      values[i] = tree.logValue(child);
      open[i] = !tree.isLeaf(child);
      tree.setWalkParent(child, node);
    }
    return new ChildTable(distinct, priors, values, open, dead(distinct, values, open));
  }

  private boolean[] dead(int[] children, double[] values, boolean[] open) {
    List<Candidate> candidates = new ArrayList<>();
    for (int child : children) {
      candidates.add(explorer.candidate(child));
    }
    return valuation.dead(candidates, values, open);
  }
}
