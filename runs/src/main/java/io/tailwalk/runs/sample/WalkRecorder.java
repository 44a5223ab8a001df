package io.tailwalk.runs.sample;

import io.tailwalk.core.Plural;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.report.Replay;
import io.tailwalk.sampling.WalkTrace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Records the first steps of the first of the parallel walks. If children are drawn, the tours
 * visit several copies of the tree; equal prefixes of the copies are one node here.
 */
public final class WalkRecorder implements WalkTrace {
  /** Maximum number of recorded steps. */
  static final int MOST_STEPS = 2000;

  /** Maximum number of recorded nodes. */
  static final int MOST_NODES = 400;

  private final Vocabulary vocabulary;
  private final Map<Integer, Integer> places = new HashMap<>();
  private final List<Replay.Node> nodes = new ArrayList<>();
  private final List<Integer> steps = new ArrayList<>();
  private boolean full;
  private long seen;

  /** Creates a recorder of a walk with the given vocabulary. */
  WalkRecorder(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  @Override
  public void at(Explorer explorer, int walk, int node) {
    if (walk != 0) {
      return;
    }
    seen++;
    if (full) {
      return;
    }
    GenerationTree tree = explorer.tree();
    boolean root = tree.isRoot(node);
    if (root && !steps.isEmpty() && steps.getLast() == 0) {
      return;
    }
    Integer place = places.get(tree.canonical(node));
    full = steps.size() == MOST_STEPS || (place == null && nodes.size() == MOST_NODES);
    if (full) {
      return;
    }
    if (place == null) {
      place = nodes.size();
      places.put(tree.canonical(node), place);
      nodes.add(root ? start() : node(explorer, node, steps.getLast()));
    }
    steps.add(place);
  }

  private static Replay.Node start() {
    return new Replay.Node(-1, "", 0, 0, Double.NaN, Replay.Kind.INNER);
  }

  private Replay.Node node(Explorer explorer, int node, int parent) {
    GenerationTree tree = explorer.tree();
    int[] tokens = tree.tokenIds(node);
    int from = nodes.get(parent).tokens();
    double logValue = explorer.logValue(node);
    return new Replay.Node(
        parent,
        vocabulary.decode(Arrays.copyOfRange(tokens, from, tokens.length)),
        tokens.length,
        tree.logPi(node),
        Math.exp(logValue),
        !tree.isLeaf(node)
            ? Replay.Kind.INNER
            : logValue > Double.NEGATIVE_INFINITY ? Replay.Kind.PASSED : Replay.Kind.FAILED);
  }

  /** Whether the walk made any step. */
  boolean isEmpty() {
    return steps.isEmpty();
  }

  /** The recorded walk. */
  Replay replay() {
    return new Replay(
        "The walk",
        "Depth increases from left to right. Hollow dots are prefixes that the walk reaches later."
            + " Larger dots were visited more often, dashed edges were followed back up; green is a"
            + " response that passes, and the thick path leads to the current node."
            + (full
                ? " Shown are the first "
                    + (steps.size() - 1)
                    + " of its "
                    + (seen - 1)
                    + " "
                    + Plural.noun(seen - 1, "step")
                    + "."
                : " All of its steps are shown."),
        nodes,
        steps);
  }
}
