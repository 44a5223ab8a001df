package io.tailwalk.sampling.walk;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;

/**
 * The lifted (non-reversible) walk: it keeps its direction unless the weights force it to turn.
 *
 * <p>A position is a directed edge: {@code D(v)}, the walk just moved down to {@code v}, or {@code
 * U(v)}, it just moved up from {@code v} to its parent. With {@code F = S} and {@code B = V} at the
 * current node, a walk moving down continues to a child or turns with weights {@code F : max(B -
 * chi min(B,F), 0)}, a walk moving up continues to the parent or turns with {@code B : max(F - chi
 * min(B,F), 0)}; a turning walk moves immediately in its new direction, with children drawn in
 * proportion to {@code u}. Both edges at {@code v} have invariant mass {@code pi(v) V(v)} for every
 * chi in [0,1], so leaf visits follow {@code pi*}. The root always turns walks down, leaves always
 * turn them up.
 *
 * <p>Source: lifting of Sinclair and Jerrum's walk (Hayes and Sinclair 2010), VGB-Momentum (arXiv
 * 2510.03149, App. E.1), chi as in arXiv 2606.28301.
 *
 * @param chi momentum in [0,1]; 1 turns least
 */
public record MomentumKernel(double chi) implements WalkKernel {
  /** Refuses chi outside [0,1]. */
  public MomentumKernel {
    if (!(chi >= 0 && chi <= 1)) {
      throw new IllegalArgumentException("chi must lie in [0, 1], got " + chi);
    }
  }

  private static int down(int node) {
    return node << 1;
  }

  private static int up(int node) {
    return node << 1 | 1;
  }

  @Override
  public int start(int root) {
    return down(root);
  }

  @Override
  public int node(int position, Explorer explorer) {
    int node = position >> 1;
    return arrivedFromAbove(position) ? node : explorer.tree().walkParent(node);
  }

  @Override
  public boolean arrivedFromAbove(int position) {
    return (position & 1) == 0;
  }

  @Override
  public boolean backAtRoot(int position, Explorer explorer) {
    return !arrivedFromAbove(position) && explorer.tree().isRoot(node(position, explorer));
  }

  @Override
  public int step(int position, Explorer explorer, Chooser chooser) {
    GenerationTree tree = explorer.tree();
    int node = node(position, explorer);
    if (tree.isLeaf(node)) {
      return up(node);
    }
    boolean goDown = tree.isRoot(node) || goesDown(position, tree.outOverIn(node), chooser);
    return goDown ? down(explorer.drawChild(node, chooser)) : up(node);
  }

  private boolean goesDown(int position, double outOverIn, Chooser chooser) {
    double cancelled = chi * Math.min(1.0, outOverIn);
    if (arrivedFromAbove(position)) {
      double turn = Math.max(1.0 - cancelled, 0.0);
      return chooser.bernoulli(1.0 / (1.0 + turn / outOverIn));
    }
    double turn = Math.max(outOverIn - cancelled, 0.0);
    return !chooser.bernoulli(1.0 / (1.0 + turn));
  }
}
