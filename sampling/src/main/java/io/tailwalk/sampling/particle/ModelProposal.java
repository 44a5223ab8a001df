package io.tailwalk.sampling.particle;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import java.util.Arrays;

/**
 * Moves by a block of tokens newly drawn from the model; the factor {@code V(c)/V(v)} ({@code
 * V(root) = 1}) is known after the move.
 */
record ModelProposal(Explorer explorer, int blockLength) implements Proposal {

  @Override
  public void prepare(int[] nodes) {
    explorer.evaluate(nodes, nodes.length);
  }

  @Override
  public double logFactorBefore(int node) {
    return 0;
  }

  @Override
  public int[] move(int[] nodes, Chooser chooser) {
    GenerationTree tree = explorer.tree();
    int[] ends = nodes.clone();
    for (int round = 0; round < blockLength; round++) {
      int[] open = Arrays.stream(ends).filter(end -> !tree.isLeaf(end)).toArray();
      explorer.evaluate(open, open.length);
      for (int i = 0; i < ends.length; i++) {
        if (!tree.isLeaf(ends[i])) {
          ends[i] = explorer.drawToken(ends[i], chooser);
        }
      }
    }
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
