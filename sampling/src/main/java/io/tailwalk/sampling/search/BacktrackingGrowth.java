package io.tailwalk.sampling.search;

import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.sampling.independent.Growth;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Growth by tokens from the model, erased if the value indicates an error. */
final class BacktrackingGrowth implements Growth {
  private final Explorer explorer;
  private final TokenwiseBacktrackingSampler parameters;
  private State[] states = {};
  private long erasedTokens;
  private long backtracks;

  /** The history of a response. */
  private static final class State {
    private int quotaUsed;
    private int argmaxUntil;
    private final Set<Integer> erasedAt = new HashSet<>();
  }

  BacktrackingGrowth(Explorer explorer, TokenwiseBacktrackingSampler parameters) {
    this.explorer = explorer;
    this.parameters = parameters;
  }

  @Override
  public void begin(int count) {
    states = new State[count];
    Arrays.setAll(states, _ -> new State());
  }

  @Override
  public int root(int draw) {
    return explorer.root(0);
  }

  @Override
  public void grow(int[] at, Chooser[] choosers) {
    GenerationTree tree = explorer.tree();
    int[] open = Growth.open(tree, at);
    explorer.prepareToDraw(open);
    boolean[] grown = new boolean[at.length];
    int size = 0;
    for (int i = 0; i < at.length; i++) {
      if (Growth.isOpen(tree, at[i])) {
        at[i] = next(at[i], states[i], choosers[i]);
        grown[i] = true;
        open[size++] = at[i];
      }
    }
    explorer.value(open, size);
    for (int i = 0; i < at.length; i++) {
      if (grown[i]) {
        at[i] = keepOrErase(at[i], states[i]);
      }
    }
  }

  private int next(int node, State state, Chooser chooser) {
    if (explorer.tree().depth(node) >= state.argmaxUntil) {
      int[] drawn = {node};
      explorer.lengthen(drawn, _ -> chooser, _ -> 1);
      return drawn[0];
    }
    LogProbs distribution = explorer.distribution(node);
    int best = 0;
    for (int token = 1; token < distribution.size(); token++) {
      best = distribution.logProb(token) > distribution.logProb(best) ? token : best;
    }
    return explorer.extend(node, best, distribution.logProb(best));
  }

  private int keepOrErase(int node, State state) {
    boolean error = explorer.logValue(node) <= Math.log(parameters.valueThreshold());
    if (!error || state.quotaUsed == parameters.backtrackQuota() || !state.erasedAt.add(node)) {
      return node;
    }
    state.quotaUsed++;
    backtracks++;
    int back = node;
    for (int i = 0; i < parameters.backtrackStride() && !explorer.tree().isRoot(back); i++) {
      back = explorer.tree().parent(back);
      erasedTokens++;
    }
    if (parameters.redoBacktrackWithArgmax()) {
      state.argmaxUntil = explorer.tree().depth(node);
    }
    return back;
  }

  @Override
  public long tokensPerAction() {
    return 1;
  }

  @Override
  public int mostActions(int maxTokens) {
    return maxTokens + parameters.backtrackQuota() * parameters.backtrackStride();
  }

  /** Erased tokens, over all responses. */
  long erasedTokens() {
    return erasedTokens;
  }

  /** Number of erasures, over all responses. */
  long backtracks() {
    return backtracks;
  }
}
