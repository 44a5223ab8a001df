package io.tailwalk.sampling.independent;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;

/**
 * Descends the tree to child {@code c} with probability {@code u(c)/S(v)}; a node with {@code S(v)
 * = 0} is a dead end. With sampled children every draw has its own tree, so that draws are
 * independent.
 */
public record GuidedGrowth(Explorer explorer) implements Growth {

  @Override
  public int root(int draw) {
    return explorer.root(explorer.spec().rule() instanceof ExpansionRule.Enumerate ? 0 : draw);
  }

  @Override
  public void grow(int[] at, Chooser[] choosers) {
    int[] open = Growth.open(explorer.tree(), at);
    explorer.expand(open, open.length);
    for (int i = 0; i < at.length; i++) {
      if (Growth.isOpen(explorer.tree(), at[i])) {
        boolean dead = explorer.tree().logOut(at[i]) == Double.NEGATIVE_INFINITY;
        at[i] = dead ? GenerationTree.NONE : explorer.drawChild(at[i], choosers[i]);
      }
    }
  }

  @Override
  public long tokensPerAction() {
    return explorer.tokensPerExpansion();
  }

  @Override
  public int mostActions(int maxTokens) {
    return Math.ceilDiv(maxTokens, explorer.spec().rule().actionLength());
  }
}
