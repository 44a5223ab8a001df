package io.tailwalk.sampling.particle;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.Explorer;

/**
 * Moves by a block of tokens newly drawn from the model; the factor {@code V(c)/V(v)} ({@code
 * V(root) = 1}) is known after the move.
 */
record ModelProposal(Explorer explorer, int blockLength) implements Proposal {

  @Override
  public void prepare(int[] nodes) {
    explorer.prepareToDraw(nodes);
  }

  @Override
  public double logFactorBefore(int node) {
    return 0;
  }

  @Override
  public int[] move(int[] nodes, Chooser chooser) {
    int[] ends = nodes.clone();
    explorer.lengthen(ends, _ -> chooser, _ -> blockLength);
    return ends;
  }

  @Override
  public boolean settle(int[] to) {
    explorer.value(to, to.length);
    return true;
  }

  @Override
  public double logFactorAfter(int from, int to) {
    double before = explorer.tree().isRoot(from) ? 0 : explorer.logValue(from);
    return explorer.logValue(to) - before;
  }

  @Override
  public long tokensPerMove() {
    return blockLength;
  }

  @Override
  public int actionLength() {
    return blockLength;
  }
}
