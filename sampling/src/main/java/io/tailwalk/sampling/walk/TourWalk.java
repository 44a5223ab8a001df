package io.tailwalk.sampling.walk;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.WalkTrace;
import org.jspecify.annotations.Nullable;

/**
 * A walk from the root back to the root that records the leaves it visits; reused for the next
 * tour.
 */
final class TourWalk implements Walk {
  private final WalkKernel kernel;
  private final Chooser chooser;
  private int position;
  private boolean done = true;
  private int[] visited = new int[16];
  private int visits;
  private long turns;
  private @Nullable WalkTrace trace;
  private int number;

  TourWalk(WalkKernel kernel, Chooser chooser) {
    this.kernel = kernel;
    this.chooser = chooser;
  }

  /** Sets the listener of every step. */
  void trace(WalkTrace hearer, int walk) {
    trace = hearer;
    number = walk;
  }

  void begin(Explorer explorer, int root) {
    if (trace != null) {
      trace.at(explorer, number, root);
    }
    position = kernel.start(root);
    done = false;
    visits = 0;
  }

  @Override
  public long advance(Explorer explorer, int maxSteps) {
    GenerationTree tree = explorer.tree();
    long steps = 0;
    while (!done && steps < maxSteps) {
      int node = kernel.node(position, explorer);
      boolean leaf = tree.isLeaf(node);
      if (!leaf && !tree.isExpanded(node)) {
        return steps;
      }
      if (leaf && kernel.arrivedFromAbove(position)) {
        note(node);
      }
      boolean wasGoingDown = kernel.arrivedFromAbove(position);
      position = kernel.step(position, explorer, chooser);
      steps++;
      if (trace != null) {
        trace.at(explorer, number, kernel.node(position, explorer));
      }
      if (!leaf && wasGoingDown != kernel.arrivedFromAbove(position)) {
        turns++;
      }
      done = kernel.backAtRoot(position, explorer);
    }
    return steps;
  }

  private void note(int leaf) {
    if (visits == visited.length) {
      visited = java.util.Arrays.copyOf(visited, visits * 2);
    }
    visited[visits++] = leaf;
  }

  @Override
  public int node(Explorer explorer) {
    return kernel.node(position, explorer);
  }

  @Override
  public boolean isDone() {
    return done;
  }

  int visits() {
    return visits;
  }

  int visited(int index) {
    return visited[index];
  }

  /** Changes of direction at inner nodes since the walk was created. */
  long turns() {
    return turns;
  }
}
