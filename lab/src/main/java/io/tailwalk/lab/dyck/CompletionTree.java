package io.tailwalk.lab.dyck;

import io.tailwalk.builtin.dyck.DyckLanguage;
import io.tailwalk.core.model.ContextOptions;
import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.ModelContext;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ChildScores;
import io.tailwalk.core.verify.ValueFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * All completions that balance the beginning, with their probabilities under the model: the target
 * distribution by enumeration. Prefixes that no completion balances are skipped, so that the model
 * is only evaluated if the target probability is positive.
 */
final class CompletionTree {
  private static final double ZERO = Double.NEGATIVE_INFINITY;

  private final Task task;
  private final List<Node> inner = new ArrayList<>();
  private final List<Leaf> leaves = new ArrayList<>();

  /** A prefix that can be completed, with the distribution of the next bracket. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Node(int parent, int[] tokens, LogProbs distribution) {}

  /** A completion: the prefix without its last bracket, and its log-probability. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Leaf(int parent, int[] tokens, double logProb) {}

  private CompletionTree(Task task) {
    this.task = task;
  }

  /** Enumerates the completions of a task. */
  static CompletionTree of(Task task) {
    var tree = new CompletionTree(task);
    Completes wanted = task.verifier();
    var options = new ContextOptions(wanted.responseLength(), 1);
    try (ModelContext context = task.model().open(wanted.beginning(), options)) {
      tree.enter(context, -1, new int[0], 0);
    }
    return tree;
  }

  private void enter(ModelContext context, int parent, int[] tokens, double logProb) {
    if (tokens.length == task.verifier().responseLength()) {
      leaves.add(new Leaf(parent, tokens, logProb));
      return;
    }
    LogProbs distribution = context.next(new int[][] {tokens})[0];
    int self = inner.size();
    inner.add(new Node(parent, tokens, distribution));
    for (int token = 0; token < DyckLanguage.NUM_TOKENS; token++) {
      int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
      longer[tokens.length] = token;
      if (task.verifier().canBegin(longer)) {
        enter(context, self, longer, logProb + distribution.logProb(token));
      }
    }
  }

  /** Number of completions. */
  int size() {
    return leaves.size();
  }

  /** The brackets of a completion; must not be modified. */
  int[] leaf(int i) {
    return leaves.get(i).tokens();
  }

  /** {@code Z}: the probability that the model completes the beginning to a balanced string. */
  double successProbability() {
    return leaves.stream().mapToDouble(leaf -> Math.exp(leaf.logProb())).sum();
  }

  /** The target distribution over the completions. */
  double[] target() {
    double mass = successProbability();
    return leaves.stream().mapToDouble(leaf -> Math.exp(leaf.logProb()) / mass).toArray();
  }

  /**
   * The probability of each completion under action-level sampling, {@code prod u(c) / S(v)} along
   * its path; these sum to the probability that a descent reaches no dead end.
   */
  double[] actionLevel(ValueFunction value) {
    double[] logReach = new double[inner.size()];
    double[][] logShares = new double[inner.size()][];
    for (int i = 0; i < logReach.length; i++) {
      Node node = inner.get(i);
      logShares[i] = logShares(node, value);
      int last = node.tokens().length - 1;
      logReach[i] =
          node.parent() < 0
              ? 0
              : logReach[node.parent()] + logShares[node.parent()][node.tokens()[last]];
    }
    return leaves.stream()
        .mapToDouble(leaf -> {
          int token = leaf.tokens()[leaf.tokens().length - 1];
          return Math.exp(logReach[leaf.parent()] + logShares[leaf.parent()][token]);
        })
        .toArray();
  }

  /** {@code log u(c)/S(v)} of every child, dead and alive. */
  private double[] logShares(Node node, ValueFunction value) {
    var prefix = Candidate.partial(task.prompt(), task.model().vocabulary(), node.tokens());
    boolean childrenAreLeaves = node.tokens().length + 1 == task.verifier().responseLength();
    Optional<ChildScores> scores =
        childrenAreLeaves ? Optional.empty() : Optional.of(value.childLogValues(prefix));
    double[] logShares = new double[DyckLanguage.NUM_TOKENS];
    double sum = 0;
    for (int token = 0; token < logShares.length; token++) {
      int child = token;
      double logValue =
          scores
              .map(known -> known.logScore(child))
              .orElseGet(() -> task.verifier().accepts(prefix.extend(child).tokenIds()) ? 0 : ZERO);
      logShares[token] = node.distribution().logProb(token) + logValue;
      sum += Math.exp(logShares[token]);
    }
    for (int token = 0; token < logShares.length; token++) {
      logShares[token] = sum == 0 ? ZERO : logShares[token] - Math.log(sum);
    }
    return logShares;
  }
}
