package io.tailwalk.sampling.particle;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.Explorer;
import java.util.Arrays;

/**
 * Moves to a child in proportion to {@code u(c) = pi(c|v) V(c)}; the factor {@code S(v)/V(v)}
 * ({@code S(root)} at the root) is known before the move, so that resampling comes first.
 */
record GuidedProposal(Explorer explorer) implements Proposal {

  @Override
  public void prepare(int[] nodes) {
    explorer.expand(nodes, nodes.length);
  }

  @Override
  public double logFactorBefore(int node) {
    double logOut = explorer.tree().logOut(node);
    boolean plain = explorer.tree().isRoot(node) || logOut == Double.NEGATIVE_INFINITY;
    return plain ? logOut : logOut - explorer.tree().logValue(node);
  }

  @Override
  public int[] move(int[] nodes, Chooser chooser) {
    return Arrays.stream(nodes).map(node -> explorer.drawChild(node, chooser)).toArray();
  }

  @Override
  public boolean settle(int[] to) {
    return true;
  }

  @Override
  public double logFactorAfter(int from, int to) {
    return 0;
  }

  @Override
  public long tokensPerMove() {
    return explorer.tokensPerExpansion();
  }

  /** Particles at one node share its children. */
  @Override
  public long tokensOfMoves(int[] nodes) {
    long fresh =
        Arrays.stream(nodes).distinct().filter(node -> !explorer.tree().isExpanded(node)).count();
    return fresh * tokensPerMove();
  }

  @Override
  public int actionLength() {
    return explorer.spec().rule().actionLength();
  }
}
