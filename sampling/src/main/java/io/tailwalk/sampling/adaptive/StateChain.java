package io.tailwalk.sampling.adaptive;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

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
  private final Map<Long, double[]> known = new HashMap<>();
  private boolean givenUp;
  private final double mean;

  /**
   * @param horizon H, in tokens
   * @param rows transitions between tokens
   * @param others what tokens without a place do to states
   */
  StateChain(TextStates states, int horizon, TokenRows rows, OtherTokens others) {
    this.states = states;
    this.horizon = horizon;
    this.rows = rows;
    this.others = others;
    this.mean = ahead(0, states.start())[0];
  }

  /** The chain's success probability. */
  double mean() {
    return mean;
  }

  /** Whether there are too many states to look ahead. */
  boolean isGivenUp() {
    return givenUp;
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
    int before = states.of(parent);
    double accepted = place < 0 ? amongOthers(depth, before) : after(depth, before, place);
    return Math.log(mixed(accepted)) - logValue;
  }

  /** A probability to be accepted, mixed with the mean; above 0. */
  double mixed(double accepted) {
    return Math.max((1 - DEFENSIVE) * accepted + DEFENSIVE * mean, LEAST);
  }

  /**
   * Probability to be accepted after a token. What follows a token that no node ended with is not
   * known; it counts for no less than if the state had not changed, or it would never be tried.
   */
  private double after(int depth, int before, int place) {
    int state = states.next(before, places().tokens()[place]);
    double accepted = at(depth, state, rows.rowOf(place));
    boolean sure = depth >= horizon || state == TextStates.DEAD || rows.isKnown(place);
    return sure ? accepted : Math.max(accepted, at(depth, before, 0));
  }

  /** Probability to be accepted from a state at a depth. */
  private double at(int depth, int state, int row) {
    if (depth >= horizon || state == TextStates.DEAD) {
      return states.accepts(state) ? 1 : 0;
    }
    return ahead(depth, state)[row];
  }

  /** The probabilities to be accepted from a state, by the row of the last token. */
  private double[] ahead(int depth, int state) {
    long key = (long) depth << Integer.SIZE | state;
    double[] found = known.get(key);
    if (found == null) {
      givenUp |= known.size() >= MOST_PAIRS;
      found = givenUp ? new double[rows.count()] : computed(depth, state);
      known.put(key, found);
    }
    return found;
  }

  private double[] computed(int depth, int state) {
    double[] after = new double[places().count()];
    for (int place = 0; place < after.length; place++) {
      after[place] = after(depth + 1, state, place);
    }
    double end = states.accepts(state) ? 1 : 0;
    double other = others.alive(state) * amongOthers(depth + 1, state);
    double[] accepted = new double[rows.count()];
    for (int row = 0; row < accepted.length; row++) {
      accepted[row] = rows.expected(row, after, end, other);
    }
    return accepted;
  }

  /** The mean probability to be accepted after a token without a place that leaves hope. */
  private double amongOthers(int depth, int before) {
    return IntStream.of(others.tokens())
        .map(token -> states.next(before, token))
        .filter(state -> state != TextStates.DEAD)
        .mapToDouble(state -> at(depth, state, 0))
        .average()
        .orElseGet(() -> at(depth, before, 0));
  }
}
