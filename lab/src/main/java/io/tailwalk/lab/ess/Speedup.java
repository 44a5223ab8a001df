package io.tailwalk.lab.ess;

import java.util.List;

/**
 * The factor by which one sampler needs fewer nodes than another to reach an error.
 *
 * @param factor the ratio of nodes
 * @param bound relation of the true factor to the ratio
 */
record Speedup(double factor, Bound bound) {

  /** The conclusion that the grid of budgets allows. */
  enum Bound {
    /** Interpolated between two budgets. */
    EQUAL,
    /** The smallest budget still reaches the error. */
    AT_LEAST,
    /** The full budget does not reach the error. */
    BELOW
  }

  /**
   * The speed-up at the point where a curve of error against nodes, followed from its largest
   * budget downwards, first exceeds an error; interpolated on logs of both.
   *
   * @param curve measurements by descending budget
   * @param rmse the error to reach
   * @param nodes nodes that the other sampler needs to reach the error
   */
  static Speedup of(List<Measurement> curve, double rmse, long nodes) {
    Measurement above = curve.getFirst();
    if (above.rawRmse() > rmse) {
      return new Speedup(nodes / above.meanNodes(), Bound.BELOW);
    }
    for (Measurement below : curve.subList(1, curve.size())) {
      if (below.rawRmse() > rmse) {
        double share =
            Math.log(rmse / above.rawRmse()) / Math.log(below.rawRmse() / above.rawRmse());
        double logNodes =
            Math.log(above.meanNodes()) + share * Math.log(below.meanNodes() / above.meanNodes());
        return new Speedup(nodes / Math.exp(logNodes), Bound.EQUAL);
      }
      above = below;
    }
    return new Speedup(nodes / above.meanNodes(), Bound.AT_LEAST);
  }
}
