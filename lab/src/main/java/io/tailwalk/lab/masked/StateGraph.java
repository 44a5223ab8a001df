package io.tailwalk.lab.masked;

import io.tailwalk.sampling.masked.MaskedMoves;
import io.tailwalk.sampling.masked.MaskedSequence;
import io.tailwalk.sampling.masked.MaskedWalk;
import io.tailwalk.sampling.masked.MaskedWalk.Position;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The moves from every sequence of a task, from which distributions are computed without sampling:
 * of the walks after a number of steps, and of descents.
 */
final class StateGraph {
  private final MaskedTask task;
  private final int[][] up;
  private final double[][] upShare;
  private final int[][] down;
  private final double[][] downShare;
  private final MaskedMoves[] moves;
  private final int[] reachable;
  private final boolean[] complete;

  /** The sequences of a task with a value above 0, and their moves. */
  StateGraph(MaskedTask task) {
    this.task = task;
    int states = task.states();
    this.up = new int[states][];
    this.upShare = new double[states][];
    this.down = new int[states][];
    this.downShare = new double[states][];
    this.moves = new MaskedMoves[states];
    this.complete = new boolean[states];
    this.reachable = IntStream.range(0, states).filter(state -> task.value(state) > 0).toArray();
    for (int state : reachable) {
      MaskedSequence sequence = task.sequence(state);
      complete[state] = sequence.isComplete();
      moves[state] = MaskedMoves.at(task, task.value(), sequence);
      up[state] = targets(moves[state].forward());
      upShare[state] = shares(moves[state].forward());
      down[state] = targets(moves[state].backward());
      downShare[state] = shares(moves[state].backward());
    }
  }

  private int[] targets(Map<MaskedSequence, Double> shares) {
    return shares.keySet().stream().mapToInt(task::index).toArray();
  }

  private static double[] shares(Map<MaskedSequence, Double> shares) {
    return shares.values().stream().mapToDouble(p -> p).toArray();
  }

  /**
   * A distribution over sequences, and its cost.
   *
   * @param drawn probability of each complete sequence, by number; the rest of 1 is that of none
   * @param evaluations mean number of evaluations
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Outcome(double[] drawn, double evaluations) {
    /** Probability of a complete sequence. */
    double reached() {
      return Arrays.stream(drawn).sum();
    }
  }

  /** A walk after lazy steps from the start. */
  Outcome walk(MaskedWalk walk, int lazySteps) {
    int states = task.states();
    double[][] reveal = new double[2][states];
    for (int from = 0; from < 2; from++) {
      for (int state : reachable) {
        reveal[from][state] =
            walk.forwardProbability(moves[state], new Position(task.sequence(state), from == 1));
      }
    }
    double[][] at = new double[2][states];
    at[1][0] = 1;
    double evaluations = 0;
    for (int step = 0; step < lazySteps; step++) {
      double[][] next = new double[2][states];
      for (int from = 0; from < 2; from++) {
        for (int state : reachable) {
          double half = at[from][state] / 2;
          if (half > 0) {
            evaluations += complete[state] ? 0 : half;
            next[from][state] += half;
            spread(next[0], up[state], upShare[state], half * reveal[from][state]);
            spread(next[1], down[state], downShare[state], half * (1 - reveal[from][state]));
          }
        }
      }
      at = next;
    }
    double[] drawn = new double[states];
    for (int state : reachable) {
      drawn[state] = complete[state] ? at[0][state] + at[1][state] : 0;
    }
    return new Outcome(drawn, evaluations);
  }

  private static void spread(double[] next, int[] to, double[] shares, double mass) {
    for (int i = 0; i < to.length && mass > 0; i++) {
      next[to[i]] += mass * shares[i];
    }
  }

  /** A draw of the model, whose conditional distributions are those of one joint distribution. */
  Outcome model() {
    double[] drawn = new double[task.states()];
    for (int state = 0; state < drawn.length; state++) {
      drawn[state] = task.sequence(state).isComplete() ? task.mass(state) : 0;
    }
    return new Outcome(drawn, task.length());
  }

  /** A descent guided by the value. */
  Outcome descent() {
    int states = task.states();
    double[] at = new double[states];
    at[0] = 1;
    double evaluations = 0;
    // A move that reveals a token leads to a higher number.
    for (int state : reachable) {
      if (!complete[state] && at[state] > 0) {
        evaluations += at[state];
        spread(at, up[state], upShare[state], at[state]);
        at[state] = 0;
      }
    }
    return new Outcome(at, evaluations);
  }
}
