package io.tailwalk.sampling.independent;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.Explorer;

/** Growth by tokens from the base model, independent of the expansion rule. */
public record BaseGrowth(Explorer explorer) implements Growth {

  @Override
  public int root(int draw) {
    return explorer.root(0);
  }

  @Override
  public void grow(int[] at, Chooser[] choosers) {
    int[] open = Growth.open(explorer.tree(), at);
    explorer.evaluate(open, open.length);
    for (int i = 0; i < at.length; i++) {
      if (Growth.isOpen(explorer.tree(), at[i])) {
        at[i] = explorer.drawToken(at[i], choosers[i]);
      }
    }
  }

  @Override
  public long tokensPerAction() {
    return 1;
  }

  @Override
  public int mostActions(int maxTokens) {
    return maxTokens;
  }
}
