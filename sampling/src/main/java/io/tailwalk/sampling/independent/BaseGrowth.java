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
    int tokens = explorer.modelDraws() ? explorer.spec().maxTokens() : 1;
    explorer.lengthen(at, i -> choosers[i], _ -> tokens);
  }

  @Override
  public boolean isBounded() {
    return true;
  }

  /** A model that draws itself writes a complete response at once. */
  @Override
  public long tokensPerAction() {
    return explorer.modelDraws() ? explorer.costOfDraw(explorer.spec().maxTokens()) : 1;
  }

  @Override
  public int mostActions(int maxTokens) {
    return explorer.modelDraws() ? 1 : maxTokens;
  }
}
