package io.tailwalk.builtin.tree;

import io.tailwalk.builtin.PureModel;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.model.ModelIdentity;
import io.tailwalk.core.model.Prompt;
import java.util.Arrays;

/** A finite tree as a language model; prompts say nothing to it. */
final class FiniteTreeModel extends PureModel {
  private final FiniteTree tree;

  FiniteTreeModel(FiniteTree tree) {
    super(
        new ModelIdentity(
            "tree:" + tree.name(),
            "finite tree of " + tree.nodes().size() + " nodes",
            Integer.toHexString(tree.nodes().hashCode())),
        new ChildVocabulary(tree.maxChildren()));
    this.tree = tree;
  }

  @Override
  public int[] encode(Prompt prompt) {
    return prompt instanceof Prompt.Text ? new int[0] : super.encode(prompt);
  }

  @Override
  protected LogProbs law(int[] promptTokenIds, int[] prefix) {
    int node = tree.nodeAt(prefix);
    if (node < 0 || tree.isLeaf(node)) {
      throw new ModelException(
          "nothing follows "
              + Arrays.toString(prefix)
              + " in the tree "
              + tree.name()
              + ": it is "
              + (node < 0 ? "no node" : "a leaf"));
    }
    double[] logProbs = new double[vocabulary().size()];
    Arrays.fill(logProbs, Double.NEGATIVE_INFINITY);
    int[] children = tree.children(node);
    for (int i = 0; i < children.length; i++) {
      int token = tree.isLeaf(children[i]) ? tree.maxChildren() + i : i;
      logProbs[token] = Math.log(tree.nodes().get(children[i]).pi());
    }
    return LogProbs.of(logProbs);
  }
}
