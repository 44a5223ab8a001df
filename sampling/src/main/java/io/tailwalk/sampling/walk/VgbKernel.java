package io.tailwalk.sampling.walk;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;

/**
 * The reversible walk of value-guided backtracking (arXiv 2510.03149, Algorithm 1): from {@code v}
 * to child {@code c} with weight {@code u(c) = pi(c|v) V(c)}, to the parent with weight {@code
 * V(v)}; the root has no parent, a leaf no child. Stationary distribution {@code mu(v) ~ pi(v)(V(v)
 * + S(v))}; given a leaf it is {@code pi*}. This is the jump chain; the paper's lazy half-steps
 * only hold a position and are drawn by samplers that need them.
 *
 * <p>A position is {@code 2v} if the walk reached {@code v} from above or starts there, {@code 2v +
 * 1} if it came from below.
 */
public record VgbKernel() implements WalkKernel {

  @Override
  public int start(int root) {
    return root << 1;
  }

  @Override
  public int node(int position, Explorer explorer) {
    return position >> 1;
  }

  @Override
  public boolean arrivedFromAbove(int position) {
    return (position & 1) == 0;
  }

  @Override
  public boolean backAtRoot(int position, Explorer explorer) {
    return !arrivedFromAbove(position) && explorer.tree().isRoot(position >> 1);
  }

  @Override
  public int step(int position, Explorer explorer, Chooser chooser) {
    GenerationTree tree = explorer.tree();
    int node = position >> 1;
    boolean goDown =
        !tree.isLeaf(node) && (tree.isRoot(node) || goesDown(tree.outOverIn(node), chooser));
    return goDown ? explorer.drawChild(node, chooser) << 1 : tree.walkParent(node) << 1 | 1;
  }

  private static boolean goesDown(double outOverIn, Chooser chooser) {
    return chooser.bernoulli(1.0 / (1.0 + 1.0 / outOverIn));
  }
}
