package io.tailwalk.sampling.particle;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.Run;
import java.util.Arrays;

/**
 * Metropolis-Hastings moves of particles: one of the rounds so far is drawn uniformly, the tokens
 * from there on are drawn from the model again, and the new prefix is accepted with probability
 * {@code min(1, L(x') / L(x))}, L the {@link Lookahead}. A response that was complete before that
 * round stays. This leaves {@code pi(x) L(x)} over the prefixes of the round invariant: the place
 * is drawn among as many rounds from both prefixes, whatever their lengths, and given the place the
 * model's probabilities cancel.
 *
 * @param blockLength tokens of a round
 * @param moves moves of each particle after each round, at least 1
 * @param acceptance {@link Acceptance#BY_LOOKAHEAD}, unless a test wants to see what another does
 */
record SuffixMoves(Run run, Lookahead lookahead, int blockLength, int moves, Acceptance acceptance)
    implements Rejuvenation {

  /** The log of the acceptance ratio, from the logs of both estimates. */
  @FunctionalInterface
  interface Acceptance {
    /** {@code log [L(x') / L(x)]}. */
    Acceptance BY_LOOKAHEAD = (logMean, newLogMean) -> newLogMean - logMean;

    double logRatio(double logMean, double newLogMean);
  }

  @Override
  public int rounds() {
    return Math.ceilDiv(run.explorer().spec().maxTokens(), blockLength);
  }

  @Override
  public boolean move(int[] at, int rounds, Chooser chooser) {
    for (int move = 0; move < moves; move++) {
      int[] proposed = at.clone();
      for (int i = 0; i < at.length; i++) {
        proposed[i] = kept(at[i], rounds, chooser);
      }
      if (!grow(proposed, rounds * blockLength, chooser) || !lookahead.estimate(proposed)) {
        return false;
      }
      for (int i = 0; i < at.length; i++) {
        double logRatio =
            acceptance.logRatio(lookahead.logMean(at[i]), lookahead.logMean(proposed[i]));
        if (chooser.bernoulli(Math.exp(Math.min(0, logRatio)))) {
          at[i] = proposed[i];
        }
      }
    }
    return true;
  }

  /** The prefix before a round; the particle itself if it was complete by then. */
  private int kept(int node, int rounds, Chooser chooser) {
    double[] places = new double[rounds];
    Arrays.setAll(places, i -> i + 1);
    int depth = chooser.categorical(places, 0, rounds) * blockLength;
    GenerationTree tree = run.explorer().tree();
    int kept = node;
    while (tree.depth(kept) > depth) {
      kept = tree.parent(kept);
    }
    return kept;
  }

  private boolean grow(int[] at, int depth, Chooser chooser) {
    Explorer explorer = run.explorer();
    GenerationTree tree = explorer.tree();
    while (true) {
      int[] open =
          Arrays.stream(at).filter(v -> !tree.isLeaf(v) && tree.depth(v) < depth).toArray();
      if (open.length == 0) {
        return true;
      }
      int most = explorer.modelDraws() ? depth : 1;
      if (!run.mayGoOn(open.length, (long) open.length * most)) {
        return false;
      }
      explorer.lengthen(at, _ -> chooser, i -> Math.clamp(depth - tree.depth(at[i]), 0, most));
      explorer.meter().addSteps(open.length);
    }
  }
}
