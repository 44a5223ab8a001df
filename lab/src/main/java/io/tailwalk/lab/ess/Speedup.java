package io.tailwalk.lab.ess;

import java.util.List;

/**
 * How many times fewer nodes reach an error.
 *
 * @param factor the ratio of nodes
 * @param bound how the true factor may lie to it
 */
record Speedup(double factor, Bound bound) {

  /** What the grid of budgets allows to say. */
  enum Bound {
    /** Interpolated between two budgets. */
    EQUAL,
    /** The smallest budget still does better than asked. */
    AT_LEAST,
    /** The full budget does not do as well as asked. */
    BELOW
  }

  /**
   * Where a curve of error against nodes first rises above an error, going down from its largest
   * budget; interpolated on logs of both.
   *
   * @param curve by falling budget
   * @param rmse the error to reach
   * @param nodes that the other sampler needs for it
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
