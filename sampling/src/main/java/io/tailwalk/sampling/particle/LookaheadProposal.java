package io.tailwalk.sampling.particle;

import io.tailwalk.core.random.Chooser;

/**
 * Moves by a block of tokens newly drawn from the model; the factor is the {@link Lookahead} after
 * the move over the one before it.
 */
record LookaheadProposal(ModelProposal blocks, Lookahead lookahead) implements Proposal {

  @Override
  public void prepare(int[] nodes) {
    blocks.prepare(nodes);
  }

  @Override
  public double logFactorBefore(int node) {
    return 0;
  }

  @Override
  public int[] move(int[] nodes, Chooser chooser) {
    return blocks.move(nodes, chooser);
  }

  @Override
  public boolean settle(int[] to) {
    return lookahead.estimate(to);
  }

  @Override
  public double logFactorAfter(int from, int to) {
    return lookahead.logMean(to) - lookahead.logMean(from);
  }

  @Override
  public long tokensPerMove() {
    return blocks.tokensPerMove();
  }

  @Override
  public int actionLength() {
    return blocks.actionLength();
  }
}
