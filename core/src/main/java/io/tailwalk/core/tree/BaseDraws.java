package io.tailwalk.core.tree;

import io.tailwalk.core.model.Continuation;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.model.ModelException;
import io.tailwalk.core.random.Streams;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Tokens drawn by a model that draws itself. The seed of a draw is a key of the tree's seed, the
 * node's path and the number of earlier draws from the node, so no seed is used twice and the draws
 * do not depend on the order in which nodes are visited.
 */
final class BaseDraws {
  private static final long PURPOSE = 0x64726177;

  private final TreeSpec spec;
  private final ModelContext context;
  private final GenerationTree tree;
  private final Endings endings;
  private final Map<Long, Integer> drawnFrom = new HashMap<>();

  BaseDraws(TreeSpec spec, ModelContext context, GenerationTree tree, Endings endings) {
    this.spec = spec;
    this.context = context;
    this.tree = tree;
    this.endings = endings;
  }

  /** Extends the prefixes that are open, each by up to a number of tokens. */
  void lengthen(int[] at, IntUnaryOperator tokens) {
    List<Integer> growing = new ArrayList<>();
    List<Continuation.Request> requests = new ArrayList<>();
    for (int i = 0; i < at.length; i++) {
      boolean open = at[i] != GenerationTree.NONE && !tree.isLeaf(at[i]);
      int most = open ? Math.min(tokens.applyAsInt(i), room(at[i])) : 0;
      if (most > 0) {
        growing.add(i);
        requests.add(new Continuation.Request(tree.tokenIds(at[i]), most, seed(at[i])));
      }
    }
    if (requests.isEmpty()) {
      return;
    }
    List<Continuation> drawn = context.draw(requests);
    for (int j = 0; j < requests.size(); j++) {
      int i = growing.get(j);
      at[i] = follow(at[i], drawn.get(j), requests.get(j).tokens());
    }
  }

  private int room(int node) {
    return spec.maxTokens() - tree.depth(node);
  }

  private long seed(int node) {
    int earlier = drawnFrom.merge(tree.pathKey(node), 1, Integer::sum) - 1;
    return Streams.key(spec.seed(), PURPOSE, tree.pathKey(node), earlier);
  }

  /** The node at the end of a continuation; a stop string inside it ends it there. */
  private int follow(int node, Continuation drawn, int most) {
    int[] tokens = drawn.tokenIds();
    int at = node;
    for (int h = 0; h < tokens.length && !tree.isLeaf(at); h++) {
      int known = tree.find(at, tokens[h]);
      at =
          known == GenerationTree.NONE
              ? endings.addNode(at, tokens[h], drawn.logProbs()[h])
              : known;
    }
    if (!tree.isLeaf(at) && tokens.length != most) {
      throw new ModelException(
          "the model drew "
              + tokens.length
              + " tokens instead of "
              + most
              + ", and the last is not an end token of its vocabulary");
    }
    return at;
  }
}
