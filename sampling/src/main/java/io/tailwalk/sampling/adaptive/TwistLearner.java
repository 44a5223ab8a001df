package io.tailwalk.sampling.adaptive;

import io.tailwalk.core.tree.ExpansionRule;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Learns a {@link Twist} from the expanded nodes of a tree: a chain of last tokens ({@link
 * ChainLearner}), or a ridge regression of the Bellman residual {@code log(sum_c pi(c|v) V(c)
 * e^{g(c)} / V(v))} on the last token (the most frequent ones), the depth and {@code log V},
 * repeated until {@code g} explains itself. Both are approximate dynamic programming for twisted
 * particle filters (Guarniero, Johansen and Lee, JASA 2017; Heng, Bishop, Deligiannidis and Doucet,
 * Ann. Stat. 2020). The regression is used if it leaves clearly less of the residual's variance on
 * held-out nodes: the values then have errors that it sees in {@code log V}. Neither is used unless
 * it lowers that variance.
 */
final class TwistLearner {
  private static final int MAX_TOKENS = 32;

  /** Tokens whose weights are read while a distribution is at hand, for later lessons. */
  private static final int LIKELY_TOKENS = 1024;

  private static final int ROUNDS = 4;
  private static final int MIN_NODES = 24;
  private static final int MAX_NODES = 4096;

  /**
   * A regression must bring the held-out variance below this share of what the chain leaves: it
   * follows noise in the values better, but extrapolates.
   */
  private static final double CLEARLY = 0.8;

  /** Variance of values that are exact but for rounding. */
  private static final double EXACT = 1e-12;

  private final Explorer explorer;
  private final Map<Integer, OutgoingMass> known = new HashMap<>();
  private final Optional<StateChainLearner> states;

  TwistLearner(Explorer explorer) {
    this.explorer = explorer;
    this.states =
        StateChainLearner.of(explorer, explorer.spec().rule() instanceof ExpansionRule.Enumerate);
  }

  /** The twist learnt from all nodes expanded so far, and its benefit. */
  LearnedTwist learn() {
    List<Integer> nodes = usableNodes();
    if (nodes.stream().filter(this::isAlive).count() < MIN_NODES) {
      return LearnedTwist.NOTHING;
    }
    known.keySet().retainAll(new HashSet<>(nodes));
    List<Integer> likely = likelyTokens(nodes);
    var places = new TokenPlaces(likely.stream().limit(MAX_TOKENS).toList(), likely);
    return byStates(nodes, likely)
        .orElseGet(() -> byTokens(nodes, LinearTwist.zero(places, explorer.spec().maxTokens())));
  }

  /**
   * The chain of tokens and states, where the value says no more than whether a prefix can still
   * pass: it says more even before a response has passed, when nothing can be held out that tells.
   * Empty where it does not apply.
   */
  private Optional<LearnedTwist> byStates(List<Integer> nodes, List<Integer> likely) {
    if (states.isEmpty() || !nodes.stream().allMatch(node -> explorer.tree().logValue(node) == 0)) {
      return Optional.empty();
    }
    IntFunction<@Nullable OutgoingMass> weights = node -> isAlive(node) ? outgoing(node) : null;
    StateChain heldOut = states.get().learn(nodes, likely, weights, 2);
    StateChain chain = states.get().learn(nodes, likely, weights, 0);
    if (heldOut == null || chain == null) {
      return Optional.empty();
    }
    var none = LinearTwist.zero(heldOut.places(), explorer.spec().maxTokens());
    return Optional.of(
        new LearnedTwist(
            chain,
            varianceWithDead(nodes, none, heldOut),
            varianceWithDead(nodes, heldOut, heldOut)));
  }

  /** Like {@link #residualVariance} with all nodes; sums are mixed like the factors of a chain. */
  private double varianceWithDead(List<Integer> nodes, PlacedTwist twist, StateChain mixing) {
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int i = 0; i < nodes.size(); i += 2) {
      int node = nodes.get(i);
      double target = isAlive(node) ? Math.exp(target(node, twist)) : 0;
      double residual = Math.log(mixing.mixed(target)) - logFactor(node, twist);
      sum += residual;
      squares += residual * residual;
      count++;
    }
    double mean = sum / count;
    return squares / count - mean * mean;
  }

  private double logFactor(int node, PlacedTwist twist) {
    GenerationTree tree = explorer.tree();
    return twist.logFactor(
        tree.parent(node), tree.token(node), tree.depth(node), tree.logValue(node));
  }

  private LearnedTwist byTokens(List<Integer> nodes, LinearTwist none) {
    double before = residualVariance(nodes, none);
    if (before < EXACT) {
      return new LearnedTwist(Twist.NONE, before, before);
    }
    LinearTwist twist = none;
    LinearTwist heldOut = none;
    for (int round = 0; round < ROUNDS; round++) {
      twist = fit(nodes, twist, 0);
      heldOut = fit(nodes, heldOut, 2);
    }
    double after = residualVariance(nodes, heldOut);
    double chained = residualVariance(nodes, chain(nodes, none.places(), 2));
    boolean regression = after < CLEARLY * chained;
    double best = regression ? after : chained;
    if (best >= before) {
      return new LearnedTwist(Twist.NONE, before, before);
    }
    return new LearnedTwist(regression ? twist : chain(nodes, none.places(), 0), before, best);
  }

  private TokenChain chain(List<Integer> nodes, TokenPlaces places, int folds) {
    var learner = new ChainLearner(explorer, places);
    for (int i = 0; i < nodes.size(); i++) {
      if (folds == 0 || i % folds != 0) {
        int node = nodes.get(i);
        if (isAlive(node)) {
          learner.add(node, outgoing(node));
        } else {
          learner.addDead(node);
        }
      }
    }
    return learner.learn();
  }

  private boolean isAlive(int node) {
    return explorer.tree().logOut(node) > Double.NEGATIVE_INFINITY;
  }

  private OutgoingMass outgoing(int node) {
    return known.computeIfAbsent(node, unread -> OutgoingMass.of(explorer, unread));
  }

  /** Expanded nodes below the root with a value, spread evenly over the order of expansion. */
  private List<Integer> usableNodes() {
    GenerationTree tree = explorer.tree();
    List<Integer> usable = new ArrayList<>();
    for (int node = 0; node < tree.size(); node++) {
      if (tree.isExpanded(node)
          && !tree.isRoot(node)
          && tree.logValue(node) > Double.NEGATIVE_INFINITY) {
        usable.add(node);
      }
    }
    if (usable.size() <= MAX_NODES) {
      return usable;
    }
    List<Integer> thinned = new ArrayList<>();
    double stride = usable.size() / (double) MAX_NODES;
    for (int i = 0; i < MAX_NODES; i++) {
      thinned.add(usable.get((int) (i * stride)));
    }
    return thinned;
  }

  /** The last tokens of nodes, the most frequent first. */
  private List<Integer> likelyTokens(List<Integer> nodes) {
    Map<Integer, Integer> counts = new HashMap<>();
    nodes.forEach(node -> counts.merge(explorer.tree().token(node), 1, Integer::sum));
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<Integer, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(LIKELY_TOKENS)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** One round; with {@code folds > 0} every folds-th node is held out. */
  private LinearTwist fit(List<Integer> nodes, LinearTwist current, int folds) {
    var regression = new RidgeRegression(current.size(), 1.0);
    for (int i = 0; i < nodes.size(); i++) {
      if ((folds == 0 || i % folds != 0) && isAlive(nodes.get(i))) {
        int node = nodes.get(i);
        GenerationTree tree = explorer.tree();
        double[] features =
            current.features(tree.token(node), tree.depth(node), tree.logValue(node));
        regression.add(features, target(node, current));
      }
    }
    return current.withWeights(regression.solve());
  }

  private double residualVariance(List<Integer> nodes, PlacedTwist twist) {
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int i = 0; i < nodes.size(); i += 2) {
      int node = nodes.get(i);
      if (!isAlive(node)) {
        continue;
      }
      double residual = target(node, twist) - logFactor(node, twist);
      sum += residual;
      squares += residual * residual;
      count++;
    }
    double mean = sum / count;
    return squares / count - mean * mean;
  }

  /** {@code log( sum_c u(c) e^{g(c)} ) - log V(v)}. */
  private double target(int node, PlacedTwist twist) {
    int depth = explorer.tree().depth(node) + explorer.spec().rule().actionLength();
    return outgoing(node).logTwisted(twist, depth) - explorer.tree().logValue(node);
  }
}
