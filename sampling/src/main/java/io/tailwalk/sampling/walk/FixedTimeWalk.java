package io.tailwalk.sampling.walk;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;

/**
 * The lazy chain for a fixed number of steps from the root (arXiv 2510.03149, Algorithm 1): each
 * step stays with probability 1/2, otherwise it is a step of the kernel. Whether it moves is drawn
 * before the node is expanded, so that staying costs nothing.
 */
final class FixedTimeWalk implements Walk {
  private final WalkKernel kernel;
  private final Chooser chooser;
  private int position;
  private long left;
  private boolean moving;

  FixedTimeWalk(WalkKernel kernel, Chooser chooser, int root, long steps) {
    this.kernel = kernel;
    this.chooser = chooser;
    this.position = kernel.start(root);
    this.left = steps;
  }

  @Override
  public long advance(Explorer explorer, int maxSteps) {
    GenerationTree tree = explorer.tree();
    long steps = 0;
    while (left > 0 && steps < maxSteps) {
      moving = moving || chooser.bernoulli(0.5);
      if (moving) {
        int node = kernel.node(position, explorer);
        if (!tree.isLeaf(node) && !tree.isExpanded(node)) {
          return steps;
        }
        position = kernel.step(position, explorer, chooser);
        moving = false;
      }
      left--;
      steps++;
    }
    return steps;
  }

  @Override
  public int node(Explorer explorer) {
    return kernel.node(position, explorer);
  }

  @Override
  public boolean isDone() {
    return left == 0;
  }
}
