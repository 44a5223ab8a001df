package io.tailwalk.sampling.adaptive;

import io.tailwalk.core.model.LogProbs;
import io.tailwalk.core.model.Vocabulary;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.core.verify.ByteAutomaton;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Learns a {@link StateChain} from the next-token distributions of expanded nodes. What the model
 * writes and what the verifier makes of it are learnt separately: tokens are learnt from all nodes,
 * whatever their state, and the automata say the rest.
 */
final class StateChainLearner {
  /** Tokens with a probability of their own. */
  private static final int PLACES = 128;

  /** Last tokens with a row of their own. */
  private static final int ROWS = 64;

  /** Tokens without a place that stand for all of them. */
  private static final int OTHERS = 64;

  /** Nodes whose distributions decide which tokens have a place. */
  private static final int POOLED = 64;

  /** Tokens of a smaller mean probability have no place. */
  private static final double RARE = 5e-4;

  /** Log-probability of tokens too rare to be pooled. */
  private static final double NEGLIGIBLE = -12;

  /** The recursion is as deep as a response is long. */
  private static final int LONGEST = 1024;

  private final Explorer explorer;
  private final TextStates states;
  private final int[] endTokens;
  private final Map<Integer, Shares> read = new HashMap<>();

  /** Sums of probabilities by token, over the nodes pooled so far. */
  private final double[] pool;

  private int pooled;
  private TokenPlaces places = new TokenPlaces(List.of());
  private boolean givenUp;

  /**
   * Probabilities after a node.
   *
   * @param of the places they were read for
   * @param shares by place
   * @param end probability that the response ends
   */
  @SuppressWarnings("ArrayRecordComponent") // private, and never changed
  private record Shares(TokenPlaces of, double[] shares, double end) {}

  private StateChainLearner(Explorer explorer, List<ByteAutomaton> automata) {
    this.explorer = explorer;
    this.states = new TextStates(explorer, automata);
    Vocabulary vocabulary = explorer.spec().vocabulary();
    this.endTokens = IntStream.range(0, vocabulary.size()).filter(vocabulary::isEnd).toArray();
    this.pool = new double[vocabulary.size()];
  }

  /**
   * A learner; empty if the verifier has no automata, if children are sampled, if stop strings end
   * responses, or if responses are too long.
   */
  static Optional<StateChainLearner> of(Explorer explorer, boolean enumerates) {
    List<ByteAutomaton> automata = explorer.spec().verifier().automata();
    boolean possible =
        enumerates
            && !automata.isEmpty()
            && automata.stream().allMatch(each -> each.start() != ByteAutomaton.DEAD)
            && explorer.spec().stop().isEmpty()
            && explorer.spec().maxTokens() <= LONGEST
            && !explorer.modelDraws();
    return possible ? Optional.of(new StateChainLearner(explorer, automata)) : Optional.empty();
  }

  /**
   * Reads the distributions of nodes, once for all lessons after the first few: a distribution that
   * was dropped is computed again.
   */
  private void read(List<Integer> nodes, IntFunction<@Nullable OutgoingMass> outgoing) {
    read.keySet().retainAll(new HashSet<>(nodes));
    if (pooled < POOLED) {
      List<Integer> fresh =
          nodes.stream().filter(node -> !read.containsKey(node)).limit(POOLED - pooled).toList();
      fresh.forEach(node -> pool(explorer.distribution(node)));
      if (!fresh.isEmpty()) {
        places = new TokenPlaces(mostProbable());
      }
    }
    for (int node : nodes) {
      Shares known = read.get(node);
      if (known == null || !known.of.equals(places)) {
        LogProbs distribution = explorer.distribution(node);
        double end = Arrays.stream(shares(distribution, endTokens)).sum();
        read.put(node, new Shares(places, shares(distribution, places.tokens()), end));
        OutgoingMass weights = outgoing.apply(node);
        if (weights != null) {
          weights.read(places);
        }
      }
    }
  }

  private static double[] shares(LogProbs distribution, int[] tokens) {
    return Arrays.stream(tokens).mapToDouble(t -> Math.exp(distribution.logProb(t))).toArray();
  }

  private void pool(LogProbs distribution) {
    double[] logProbs = explorer.slotNumbers().first(pool.length);
    distribution.logProbs(logProbs);
    for (int token = 0; token < pool.length; token++) {
      pool[token] += logProbs[token] > NEGLIGIBLE ? Math.exp(logProbs[token]) : 0;
    }
    pooled++;
  }

  private List<Integer> mostProbable() {
    for (int token : endTokens) {
      pool[token] = 0;
    }
    return IntStream.range(0, pool.length)
        .filter(token -> pool[token] >= RARE * pooled)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer token) -> -pool[token]).thenComparing(t -> t))
        .limit(PLACES)
        .toList();
  }

  /**
   * The chain by some nodes; null if there are too many states to look ahead.
   *
   * @param nodes expanded nodes, at least two
   * @param frequent last tokens of nodes
   * @param outgoing the weights of a node's children; null if they have none
   * @param folds every folds-th node is held out; 0 for none
   */
  @Nullable StateChain learn(
      List<Integer> nodes,
      List<Integer> frequent,
      IntFunction<@Nullable OutgoingMass> outgoing,
      int folds) {
    givenUp |= states.hasLost();
    if (givenUp) {
      return null;
    }
    read(nodes, outgoing);
    var rows = new TokenRows(places, ROWS);
    var others =
        new OtherTokens(
            frequent.stream()
                .filter(token -> places.of(token) < 0)
                .limit(OTHERS)
                .mapToInt(Integer::intValue)
                .toArray());
    for (int i = 0; i < nodes.size(); i++) {
      if (folds == 0 || i % folds != 0) {
        int node = nodes.get(i);
        Shares shares = Objects.requireNonNull(read.get(node));
        add(node, shares, outgoing.apply(node), rows, others);
      }
    }
    var chain = new StateChain(states, explorer.spec().maxTokens(), rows.smoothed(), others);
    givenUp = chain.isGivenUp();
    return givenUp ? null : chain;
  }

  private void add(
      int node,
      Shares shares,
      @Nullable OutgoingMass outgoing,
      TokenRows rows,
      OtherTokens others) {
    GenerationTree tree = explorer.tree();
    int[] tokens = places.tokens();
    int state = states.of(node);
    double placed = 0;
    double alive = 0;
    for (int place = 0; place < tokens.length; place++) {
      placed += shares.shares[place];
      boolean open = states.next(state, tokens[place]) >= 0;
      alive += open ? shares.shares[place] : 0;
    }
    rows.add(tree.token(node), shares.shares, shares.end);
    if (tree.depth(node) + 1 < explorer.spec().maxTokens()) {
      double open =
          outgoing == null
              ? 0
              : Math.exp(outgoing.logTotal() - tree.logValue(node)) * (1 - outgoing.leaves());
      others.add(state, open - alive, Math.max(0, 1 - placed - shares.end));
    }
  }
}
