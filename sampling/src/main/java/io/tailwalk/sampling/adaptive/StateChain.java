package io.tailwalk.sampling.adaptive;

import io.tailwalk.core.tree.GenerationTree;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A twist that looks ahead with the verifier's automata: the last token and the automata's state
 * are the states of a Markov chain, whose probability to be accepted at the end replaces the value.
 * Tokens follow their predecessor as in the model's distributions; what a token does to the state
 * is known. So it is known at once that a text without a comma will hardly have three at its end,
 * before any response has passed.
 *
 * <p>Probabilities to be accepted are computed when they are asked for, by backward recursion, and
 * mixed with that of the whole chain, which is their mean at each depth under the model: no factor
 * is far too small.
 */
final class StateChain implements PlacedTwist {
  /** Share of the mean in each factor. */
  private static final double DEFENSIVE = 0.1;

  private static final double LEAST = 1e-12;

  /** Pairs of depth and state beyond which the recursion is given up. */
  private static final int MOST_PAIRS = 4096;

  private final TextStates states;
  private final int horizon;
  private final TokenRows rows;
  private final OtherTokens others;

  /** By depth and state. */
  private final @Nullable Ahead[][] known;

  private int knownPairs;
  private final Map<Integer, Successors> successors = new HashMap<>();
  private boolean givenUp;
  private final double mean;

  /** What is ahead of each pair that is met after the recursion was given up. */
  private final Ahead nothing;

  private final double[] logChancesOfNothing;

  /** By depth and state of the parent, see {@link #logChances}. */
  private final Map<Pair, double[]> logChances = new HashMap<>();

  /** The parent whose children were asked for last: siblings are asked for in turn. */
  private int lastParent = GenerationTree.NONE;

  private double[] ofLastParent = new double[0];

  /**
   * What can follow a state.
   *
   * @param ofPlaces the states after each token with a place
   * @param ofOthers the states after those that stand for all others
   * @param alive the same states without the dead one, each once
   */
  @SuppressWarnings("ArrayRecordComponent") // private, and never changed
  private record Successors(int[] ofPlaces, int[] ofOthers, int[] alive) {}

  /**
   * Probabilities to be accepted from a depth and a state.
   *
   * @param byRow by the row of the last token
   * @param afterPlaces after one more token
   * @param afterOthers the mean after a token without a place that leaves hope
   */
  @SuppressWarnings("ArrayRecordComponent") // private, and never changed
  private record Ahead(double[] byRow, double[] afterPlaces, double afterOthers) {}

  /**
   * A chain that was learnt.
   *
   * @param horizon H, in tokens
   * @param rows transitions between tokens
   * @param others what tokens without a place do to states
   */
  StateChain(TextStates states, int horizon, TokenRows rows, OtherTokens others) {
    this.states = states;
    this.horizon = horizon;
    this.rows = rows;
    this.others = others;
    this.known = new Ahead[horizon][0];
    this.nothing = new Ahead(new double[rows.count()], new double[rows.places().count()], 0);
    this.mean = ahead(0, states.start()).byRow[0];
    this.logChancesOfNothing = new double[rows.places().count() + 1];
    Arrays.fill(logChancesOfNothing, Math.log(mixed(0)));
  }

  /** The chain's success probability. */
  double mean() {
    return mean;
  }

  /** Whether there are too many states to look ahead. */
  boolean isGivenUp() {
    return givenUp || states.hasLost();
  }

  @Override
  public TokenPlaces places() {
    return rows.places();
  }

  @Override
  public double logFactorAt(int parent, int place, int depth, double logValue) {
    if (logValue == Double.NEGATIVE_INFINITY) {
      return 0;
    }
    if (parent != lastParent) {
      ofLastParent = logChances(parent, depth - 1);
      lastParent = parent;
    }
    return ofLastParent[place + 1] - logValue;
  }

  /**
   * Logs of the probabilities to be accepted after one more token, by its place plus one; 0 is for
   * tokens without a place. They stay the same; shared, not to be changed.
   *
   * @param parent a node
   * @param depth its number of tokens
   */
  double[] logChances(int parent, int depth) {
    return logChances.computeIfAbsent(new Pair(depth, states.of(parent)), this::findLogChances);
  }

  private double[] findLogChances(Pair pair) {
    if (pair.state == TextStates.DEAD) {
      return logChancesOfNothing;
    }
    double[] found = new double[places().count() + 1];
    if (pair.state < 0) {
      Arrays.fill(found, Math.log(mixed(mean)));
      return found;
    }
    Ahead before = ahead(pair.depth, pair.state);
    if (isNothing(before)) {
      return logChancesOfNothing;
    }
    found[0] = Math.log(mixed(before.afterOthers));
    for (int place = 0; place < before.afterPlaces.length; place++) {
      found[place + 1] = Math.log(mixed(before.afterPlaces[place]));
    }
    return found;
  }

  @SuppressWarnings("ReferenceEquality") // one object for all
  private boolean isNothing(Ahead ahead) {
    return ahead == nothing;
  }

  /** A probability to be accepted, mixed with the mean; above 0. */
  double mixed(double accepted) {
    return Math.max((1 - DEFENSIVE) * accepted + DEFENSIVE * mean, LEAST);
  }

  /** A depth before the last token, and a state that is not dead. */
  private record Pair(int depth, int state) {}

  private @Nullable Ahead known(Pair pair) {
    @Nullable Ahead[] byState = known[pair.depth];
    return pair.state < byState.length ? byState[pair.state] : null;
  }

  private void know(Pair pair, Ahead ahead) {
    if (pair.state >= known[pair.depth].length) {
      int longer = Math.max(pair.state + 1, 2 * known[pair.depth].length);
      known[pair.depth] = Arrays.copyOf(known[pair.depth], longer);
    }
    known[pair.depth][pair.state] = ahead;
    knownPairs++;
  }

  /** What is ahead, after what is ahead of it; responses are long, so this does not call itself. */
  private Ahead ahead(int depth, int state) {
    var wanted = new Pair(depth, state);
    Ahead found = known(wanted);
    if (found != null) {
      return found;
    }
    Deque<Pair> open = new ArrayDeque<>();
    open.push(wanted);
    while (!open.isEmpty()) {
      Pair pair = open.peek();
      if (known(pair) != null) {
        open.pop();
      } else if (!pushMissing(pair, open)) {
        open.pop();
        know(pair, computed(pair));
      }
    }
    return Objects.requireNonNull(known(wanted));
  }

  /** Whether a pair needs others that are not known yet. */
  private boolean pushMissing(Pair pair, Deque<Pair> open) {
    givenUp |= states.hasLost() || knownPairs + open.size() > MOST_PAIRS;
    if (givenUp || pair.depth + 1 >= horizon) {
      return false;
    }
    boolean missing = false;
    for (int state : successors(pair.state).alive) {
      var needed = new Pair(pair.depth + 1, state);
      if (known(needed) == null) {
        open.push(needed);
        missing = true;
      }
    }
    return missing;
  }

  private Successors successors(int state) {
    return successors.computeIfAbsent(state, this::findSuccessors);
  }

  private Successors findSuccessors(int state) {
    int[] ofPlaces = after(state, places().tokens());
    int[] ofOthers = after(state, others.tokens());
    int[] alive =
        IntStream.concat(Arrays.stream(ofPlaces), Arrays.stream(ofOthers))
            .filter(next -> next >= 0)
            .distinct()
            .toArray();
    return new Successors(ofPlaces, ofOthers, alive);
  }

  private int[] after(int state, int[] tokens) {
    return Arrays.stream(tokens).map(token -> states.next(state, token)).toArray();
  }

  private Ahead computed(Pair pair) {
    if (givenUp) {
      return nothing;
    }
    double[] byRow = new double[rows.count()];
    double[] afterPlaces = new double[places().count()];
    Successors after = successors(pair.state);
    for (int place = 0; place < afterPlaces.length; place++) {
      afterPlaces[place] = at(pair.depth + 1, after.ofPlaces[place], rows.rowOf(place));
    }
    double usual = rows.meanOfKnown(afterPlaces, place -> after.ofPlaces[place] >= 0);
    if (pair.depth + 1 < horizon) {
      raiseUnknown(afterPlaces, after, usual);
    }
    double afterOthers = afterOthers(pair.depth + 1, after, usual);
    double end = states.accepts(pair.state) ? 1 : 0;
    double other = others.alive(pair.state) * afterOthers;
    for (int row = 0; row < byRow.length; row++) {
      byRow[row] = rows.expected(row, afterPlaces, end, other);
    }
    return new Ahead(byRow, afterPlaces, afterOthers);
  }

  /**
   * What follows a token that no node ended with is not known; it counts for no less than the mean
   * of the others, or it would never be tried.
   */
  private void raiseUnknown(double[] afterPlaces, Successors after, double usual) {
    for (int place = 0; place < afterPlaces.length; place++) {
      if (after.ofPlaces[place] >= 0 && !rows.isKnown(place)) {
        afterPlaces[place] = Math.max(afterPlaces[place], usual);
      }
    }
  }

  private double afterOthers(int depth, Successors after, double usual) {
    double sum = 0;
    int alive = 0;
    for (int state : after.ofOthers) {
      if (state >= 0) {
        sum += at(depth, state, 0);
        alive++;
      }
    }
    return alive == 0 ? usual : sum / alive;
  }

  /** Probability to be accepted from a state at a depth. */
  private double at(int depth, int state, int row) {
    if (depth >= horizon || state < 0) {
      return states.accepts(state) ? 1 : 0;
    }
    Ahead ahead = known(new Pair(depth, state));
    return ahead == null ? 0 : ahead.byRow[row];
  }
}
