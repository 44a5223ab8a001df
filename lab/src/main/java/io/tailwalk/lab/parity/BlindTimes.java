package io.tailwalk.lab.parity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Exact expected steps to a rewarded response with the lagging value. All right prefixes of one
 * length are equivalent, and so are all prefixes with a wrong marker in one block, so a walk is a
 * Markov chain of few states: its position and whether it came from above. The chain ends when it
 * first reaches the last letter but one of a right response, from which the response is seen.
 */
final class BlindTimes {
  private static final int ROOT = 0;

  private final ParityTask task;
  private final boolean momentum;
  private final Map<State, Integer> numbers = new HashMap<>();

  private BlindTimes(ParityTask task, boolean momentum) {
    this.task = task;
    this.momentum = momentum;
  }

  /**
   * A state.
   *
   * @param length letters of the prefix
   * @param wrong whether the marker of its last block is wrong
   * @param fromAbove whether the walk came from the parent
   */
  private record State(int length, boolean wrong, boolean fromAbove) {}

  private record Move(State to, double probability) {}

  /**
   * Steps without backtracking: {@code 2^blocks} attempts, each of which ends at the first failing
   * check, so that it enters block j with probability {@code 2^-(j-1)}.
   */
  static double actionLevel(ParityTask task) {
    return task.blockLength() * (Math.pow(2, task.blocks() + 1) - 2);
  }

  /** Steps of VGB, not counting lazy steps. */
  static double vgb(ParityTask task) {
    return new BlindTimes(task, false).solve();
  }

  /** Steps of the momentum walk (chi = 1). */
  static double momentum(ParityTask task) {
    return new BlindTimes(task, true).solve();
  }

  /** {@code S/V} at a state's prefix, which a check doubles or sets to 0. */
  private double outOverIn(State at) {
    boolean told = (at.length() + 1) % task.blockLength() == 0;
    return !told ? 1 : at.wrong() ? 0 : 2;
  }

  private List<Move> moves(State at) {
    double down = at.length() == ROOT ? 1 : downProbability(outOverIn(at), at.fromAbove());
    int next = at.length() + 1;
    State below = new State(next, at.wrong(), true);
    Move up = new Move(above(at), 1 - down);
    return task.isMarker(at.length())
        ? List.of(up, new Move(below, down / 2), new Move(new State(next, true, true), down / 2))
        : List.of(up, new Move(below, down));
  }

  private double downProbability(double ratio, boolean fromAbove) {
    if (!momentum) {
      return ratio / (1 + ratio);
    }
    return fromAbove ? Math.min(1, ratio) : 1 - Math.min(1, 1 / ratio);
  }

  private State above(State at) {
    int length = Math.max(ROOT, at.length() - 1);
    // A step up from a wrong marker returns to the prefix before the marker.
    boolean wrong = at.wrong() && !task.isMarker(length);
    return new State(length, wrong, length == ROOT);
  }

  private boolean isEnd(State state) {
    return state.length() == task.length() - 1 && !state.wrong();
  }

  /** Number of a state, or -1 for an end. */
  private int number(State state) {
    return isEnd(state) ? -1 : numbers.computeIfAbsent(state, _ -> numbers.size());
  }

  private double solve() {
    State start = new State(ROOT, false, true);
    number(start);
    Map<State, List<Move>> all = new HashMap<>();
    while (all.size() < numbers.size()) {
      for (State state : List.copyOf(numbers.keySet())) {
        all.computeIfAbsent(state, this::reachable);
      }
    }
    double[][] rows = new double[all.size()][all.size() + 1];
    all.forEach((state, moves) -> {
      double[] row = rows[number(state)];
      row[number(state)] += 1;
      row[all.size()] = 1;
      for (Move move : moves) {
        if (!isEnd(move.to())) {
          row[number(move.to())] -= move.probability();
        }
      }
    });
    return LinearSystem.solve(rows)[number(start)];
  }

  private List<Move> reachable(State state) {
    List<Move> moves = moves(state).stream().filter(move -> move.probability() > 0).toList();
    moves.forEach(move -> number(move.to()));
    return moves;
  }
}
