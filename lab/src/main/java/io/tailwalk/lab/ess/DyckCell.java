package io.tailwalk.lab.ess;

import io.tailwalk.builtin.dyck.DyckLanguage;
import io.tailwalk.builtin.dyck.DyckProblems;
import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.random.Streams;
import java.util.ArrayList;
import java.util.List;

/**
 * One setting of the experiment: a length and an error of the values.
 *
 * @param length H, the number of brackets
 * @param systematic whether values err the same way after the same bracket, or independently
 * @param error size of the log-error (nats)
 */
record DyckCell(int length, boolean systematic, double error) {
  /** Nodes that a run may expand per bracket of the length. */
  static final int NODES_PER_TOKEN = 64;

  /** All settings of the given lengths and errors; without an error there is only one kind. */
  static List<DyckCell> all(List<Integer> lengths, List<Double> errors) {
    List<DyckCell> cells = new ArrayList<>();
    for (int length : lengths) {
      for (boolean systematic : new boolean[] {false, true}) {
        for (double error : errors) {
          if (error > 0 || !systematic) {
            cells.add(new DyckCell(length, systematic, error));
          }
        }
      }
    }
    return cells;
  }

  String name() {
    return "H=" + length + (error == 0 ? " exact" : " " + kind() + " " + error);
  }

  String kind() {
    return systematic ? "systematic" : "iid";
  }

  long nodes() {
    return (long) NODES_PER_TOKEN * length;
  }

  /** The problem of a repeat: independent errors are drawn again, the same for every sampler. */
  Problem problem(long seed, int repeat) {
    Problem exact = DyckProblems.exact(DyckLanguage.ofLength(length));
    if (error == 0) {
      return exact;
    }
    return systematic
        ? DyckProblems.withSystematicError(exact, error)
        : DyckProblems.withIidError(exact, error, Streams.key(seed, repeat));
  }
}
