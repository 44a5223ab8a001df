package io.tailwalk.sampling.block;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.independent.Growth;
import java.util.Arrays;

/**
 * Growth block by block: several new candidate blocks are drawn from the model, as in the
 * literature, and one is kept. The expansion rule is not used. If no candidate has a positive
 * value, the response is at a dead end.
 */
final class BlockGrowth implements Growth {
  private final Explorer explorer;
  private final int blockLength;
  private final int candidates;
  private final BlockChoice choice;

  BlockGrowth(Explorer explorer, int blockLength, int candidates, BlockChoice choice) {
    this.explorer = explorer;
    this.blockLength = blockLength;
    this.candidates = candidates;
    this.choice = choice;
  }

  @Override
  public int root(int draw) {
    return explorer.root(0);
  }

  @Override
  public void grow(int[] at, Chooser[] choosers) {
    GenerationTree tree = explorer.tree();
    int[] growing = new int[at.length];
    int size = 0;
    for (int i = 0; i < at.length; i++) {
      if (Growth.isOpen(tree, at[i])) {
        growing[size++] = i;
      }
    }
    int[] ends = new int[size * candidates];
    Arrays.setAll(ends, j -> at[growing[j / candidates]]);
    drawBlocks(ends, growing, choosers);
    explorer.value(ends, ends.length);
    for (int g = 0; g < size; g++) {
      int[] mine = Arrays.copyOfRange(ends, g * candidates, (g + 1) * candidates);
      at[growing[g]] = choose(mine, choosers[growing[g]]);
    }
  }

  private void drawBlocks(int[] ends, int[] growing, Chooser[] choosers) {
    explorer.lengthen(ends, j -> choosers[growing[j / candidates]], _ -> blockLength);
  }

  private int choose(int[] ends, Chooser chooser) {
    double[] weights = Arrays.stream(ends).mapToDouble(explorer::logValue).toArray();
    double max = Arrays.stream(weights).max().orElse(Double.NEGATIVE_INFINITY);
    if (max == Double.NEGATIVE_INFINITY) {
      return GenerationTree.NONE;
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(weights[i] - max);
    }
    return ends[choice.choose(weights, chooser)];
  }

  @Override
  public long tokensPerAction() {
    return 1 + (long) candidates * (blockLength - 1);
  }

  @Override
  public int mostActions(int maxTokens) {
    return Math.ceilDiv(maxTokens, blockLength);
  }
}
