package io.tailwalk.sampling.adaptive;

import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import java.util.Arrays;

/**
 * Learns a {@link TokenChain} from expanded nodes. A node passes its value on to its children and
 * to the responses that are complete behind it; means of these shares over the nodes with the same
 * last token are the transitions of a chain, whose expected reward follows by backward recursion.
 * Means are over distributions and not over draws, so a few dozen nodes say much about a chain of
 * the frequent tokens. Rows of few nodes are drawn towards the mean of all nodes.
 */
final class ChainLearner {
  /** Nodes that the mean of all nodes counts as in each row. */
  private static final double PRIOR = 3;

  /** Share of the mean of a depth in each factor, so that none is far too small. */
  private static final double DEFENSIVE = 0.1;

  private static final double LEAST = 1e-12;

  private final GenerationTree tree;
  private final TokenPlaces places;
  private final int horizon;
  private final int step;

  /** Nodes before the last action, by state, and the shares that go to each state. */
  private final double[] inner;

  private final double[][] moves;

  /** Shares that go to complete responses. */
  private final double[] complete;

  /** Nodes at the last action, and the shares that go to complete responses. */
  private final double[] last;

  private final double[] passed;

  ChainLearner(Explorer explorer, TokenPlaces places) {
    this.tree = explorer.tree();
    this.places = places;
    this.horizon = explorer.spec().maxTokens();
    this.step = explorer.spec().rule().actionLength();
    int states = places.count() + 1;
    inner = new double[states];
    moves = new double[states][states];
    complete = new double[states];
    last = new double[states];
    passed = new double[states];
  }

  /** Adds a node from which nothing can pass. */
  void addDead(int node) {
    (isLast(node) ? last : inner)[state(node)]++;
  }

  /** Adds an expanded node. */
  void add(int node, OutgoingMass outgoing) {
    int state = state(node);
    double scale = Math.exp(outgoing.logTotal() - tree.logValue(node));
    if (isLast(node)) {
      last[state]++;
      passed[state] += scale * outgoing.leaves();
      return;
    }
    inner[state]++;
    complete[state] += scale * outgoing.leaves();
    double[] shares = outgoing.byPlace(places);
    for (int next = 0; next < shares.length; next++) {
      moves[state][next] += scale * shares[next];
    }
  }

  private int state(int node) {
    return places.of(tree.token(node)) + 1;
  }

  private boolean isLast(int node) {
    return tree.depth(node) + step >= horizon;
  }

  /** The twist by the nodes added so far. */
  TokenChain learn() {
    int states = inner.length;
    double[][] ahead = new double[horizon + 1][states];
    double[][] logFactors = new double[horizon + 1][states];
    for (int depth = horizon - 1; depth >= 0; depth--) {
      boolean atEnd = depth + step >= horizon;
      double[] sums = atEnd ? passed : sums(ahead[depth + step]);
      double[] counts = atEnd ? last : inner;
      double number = Arrays.stream(counts).sum();
      // Without a node to learn from, every prefix is as good as another.
      double all = number > 0 ? Arrays.stream(sums).sum() / number : 1;
      double mean = 0;
      for (int state = 0; state < states; state++) {
        double own = (sums[state] + PRIOR * all) / (counts[state] + PRIOR);
        ahead[depth][state] = own;
        mean += number > 0 ? counts[state] / number * own : 0;
      }
      mean = number > 0 ? mean : 1;
      for (int state = 0; state < states; state++) {
        double factor = (1 - DEFENSIVE) * ahead[depth][state] + DEFENSIVE * mean;
        logFactors[depth][state] = Math.log(Math.max(factor, LEAST));
      }
    }
    return new TokenChain(places, logFactors);
  }

  private double[] sums(double[] next) {
    double[] sums = complete.clone();
    for (int state = 0; state < sums.length; state++) {
      for (int to = 0; to < next.length; to++) {
        sums[state] += moves[state][to] * next[to];
      }
    }
    return sums;
  }
}
