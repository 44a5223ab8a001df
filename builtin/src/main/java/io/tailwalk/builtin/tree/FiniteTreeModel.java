package io.tailwalk.builtin.tree;

import io.tailwalk.builtin.PureModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.Prompt;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A tree as a language model; prompts have no effect. All distributions are computed beforehand.
 */
final class FiniteTreeModel extends PureModel {
  private final ArrayTree tree;
  private final @Nullable LogProbs[] distributions;

  FiniteTreeModel(ArrayTree tree) {
    super(
        new ModelIdentity(
            "tree:" + tree.name(),
            "finite tree of " + tree.size() + " nodes",
            Integer.toHexString(tree.fingerprint())),
        new ChildVocabulary(tree.width()));
    this.tree = tree;
    this.distributions = new LogProbs[tree.size()];
    for (int node = 0; node < distributions.length; node++) {
      distributions[node] = tree.isLeaf(node) ? null : distribution(node);
    }
  }

  private LogProbs distribution(int node) {
    double[] logProbs = new double[2 * tree.width()];
    Arrays.fill(logProbs, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < tree.childCount(node); i++) {
      int child = tree.firstChild(node) + i;
      logProbs[tree.isLeaf(child) ? tree.width() + i : i] = Math.log(tree.pi(child));
    }
    return LogProbs.of(logProbs);
  }

  @Override
  public int[] encode(Prompt prompt) {
    return prompt instanceof Prompt.Text ? new int[0] : super.encode(prompt);
  }

  @Override
  protected LogProbs distribution(int[] promptTokenIds, int[] prefix) {
    int node = tree.nodeAt(prefix);
    LogProbs distribution = node < 0 ? null : distributions[node];
    if (distribution == null) {
      throw new ModelException(
          "nothing follows "
              + Arrays.toString(prefix)
              + " in the tree "
              + tree.name()
              + ": it is "
              + (node < 0 ? "no node" : "a leaf"));
    }
    return distribution;
  }
}
