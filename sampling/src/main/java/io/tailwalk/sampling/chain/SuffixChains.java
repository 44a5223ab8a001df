package io.tailwalk.sampling.chain;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.estimate.Autocorrelation;
import io.tailwalk.sampling.independent.BaseGrowth;
import io.tailwalk.sampling.independent.Growth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Several chains over complete responses that move in lock step, on one cached tree: a prefix that
 * any of them has evaluated costs nothing again.
 */
final class SuffixChains {
  private final Run run;
  private final Explorer explorer;
  private final BaseGrowth growth;
  private final Acceptance acceptance;
  private final Chain[] chains;
  private final LeafSample visited = new LeafSample();
  private long moves;
  private long accepted;

  /** The log of the acceptance ratio of a proposal, from rewards and lengths of both responses. */
  @FunctionalInterface
  interface Acceptance {
    /**
     * {@code log [tau(y') |y| / (tau(y) |y'|)]}: the cut has as many places as a response tokens.
     */
    Acceptance CORRECTED =
        (logReward, length, newLogReward, newLength) ->
            newLogReward - logReward + Math.log((double) length / newLength);

    double logRatio(double logReward, int length, double newLogReward, int newLength);
  }

  /**
   * Chains without a response.
   *
   * @param acceptance {@link Acceptance#CORRECTED}, unless a test wants to see what another does
   */
  SuffixChains(Run run, int count, Acceptance acceptance) {
    this.run = run;
    this.acceptance = acceptance;
    this.explorer = run.explorer();
    this.growth = new BaseGrowth(explorer);
    this.chains = new Chain[count];
    Arrays.setAll(chains, i -> new Chain(run.chooser(i)));
  }

  /** A chain: its response, and the log-probability of every response it has counted. */
  private static final class Chain {
    private final Chooser chooser;
    private final List<Double> logProbs = new ArrayList<>();
    private int leaf = GenerationTree.NONE;
    private double logReward = Double.NEGATIVE_INFINITY;
    private long changes;

    private Chain(Chooser chooser) {
      this.chooser = chooser;
    }

    private boolean hasFound() {
      return logReward > Double.NEGATIVE_INFINITY;
    }

    /** Moves over the integrated autocorrelation time, at most one more than it has changed. */
    private double effectiveSize() {
      double[] series = logProbs.stream().mapToDouble(Double::doubleValue).toArray();
      return series.length == 0
          ? 0
          : Math.min(Autocorrelation.effectiveSize(series), changes + 1.0);
    }
  }

  /** Makes one move with every chain, the first from nothing; false if the budget cut it. */
  boolean move() {
    GenerationTree tree = explorer.tree();
    int[] at = new int[chains.length];
    Chooser[] choosers = new Chooser[chains.length];
    for (int i = 0; i < at.length; i++) {
      choosers[i] = chains[i].chooser;
      at[i] = start(chains[i]);
    }
    for (int open = at.length; open > 0; open = Growth.open(tree, at).length) {
      if (!run.mayGoOn(open, explorer.tokensToTheEnd(at))) {
        return false;
      }
      growth.grow(at, choosers);
      explorer.meter().addSteps(open);
    }
    int[] leaves = Arrays.stream(at).filter(node -> node != GenerationTree.NONE).toArray();
    explorer.value(leaves, leaves.length);
    for (int i = 0; i < at.length; i++) {
      decide(i, at[i]);
    }
    moves++;
    return true;
  }

  /** The prefix that a chain keeps: of every length below the response's with equal probability. */
  private int start(Chain chain) {
    if (chain.leaf == GenerationTree.NONE) {
      return explorer.root(0);
    }
    int length = length(chain.leaf);
    double[] positions = new double[length];
    Arrays.setAll(positions, i -> i + 1);
    int kept = chain.chooser.categorical(positions, 0, length);
    int node = chain.leaf;
    while (explorer.tree().depth(node) > kept) {
      node = explorer.tree().parent(node);
    }
    return node;
  }

  private int length(int leaf) {
    return explorer.tree().depth(leaf);
  }

  private void decide(int index, int proposed) {
    Chain chain = chains[index];
    double logReward =
        proposed == GenerationTree.NONE ? Double.NEGATIVE_INFINITY : explorer.logValue(proposed);
    if (accepts(chain, proposed, logReward)) {
      chain.changes += chain.hasFound() && proposed != chain.leaf ? 1 : 0;
      accepted++;
      chain.leaf = proposed;
      chain.logReward = logReward;
    }
    if (chain.hasFound()) {
      visited.addLog(chain.leaf, 0, index);
      chain.logProbs.add(explorer.tree().logPi(chain.leaf));
      run.completed(chain.leaf);
    }
  }

  private boolean accepts(Chain chain, int proposed, double logReward) {
    if (proposed == GenerationTree.NONE) {
      return false;
    }
    if (!chain.hasFound()) {
      return true;
    }
    double logRatio =
        acceptance.logRatio(chain.logReward, length(chain.leaf), logReward, length(proposed));
    return chain.chooser.bernoulli(Math.exp(Math.min(0, logRatio)));
  }

  /** The responses of all chains after every move, each with weight 1. */
  LeafSample visited() {
    return visited;
  }

  /** Moves of each chain. */
  long moves() {
    return moves;
  }

  /** Accepted proposals of all chains. */
  long accepted() {
    return accepted;
  }

  /** The sum over the chains. */
  double effectiveSize() {
    return Arrays.stream(chains).mapToDouble(Chain::effectiveSize).sum();
  }
}
