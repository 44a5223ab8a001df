package io.tailwalk.lab.steps;

import io.tailwalk.lab.Conditions;
import io.tailwalk.lab.Trends;
import io.tailwalk.lab.Verdict;
import java.util.List;

/** Whether plain steps fail and the others do not. */
final class StepsVerdict {
  /** Least ratio of plain SGD's Cov_N to min{H/(T log N), 1}. */
  static final double LEAST_CONSTANT = 0.25;

  /** Least exponent of plain SGD's Cov_N in H; in T, the largest exponent is its negative. */
  static final double LEAST_EXPONENT = 0.5;

  /** Least factor by which the Cov_N of the other methods is smaller from {@link #LONG} on. */
  static final double TIMES_SMALLER = 3;

  /** The horizon from which T log N / H is too short a time for plain SGD. */
  static final int LONG = 128;

  private StepsVerdict() {}

  /**
   * The verdict.
   *
   * @param horizons settings of ascending H at one T
   * @param lengths settings of ascending T at one H
   */
  static Verdict of(Outcomes horizons, Outcomes lengths) {
    double constant = Math.min(leastConstant(horizons), leastConstant(lengths));
    double[] h = horizons.settings().stream().mapToDouble(Setting::horizon).toArray();
    double[] t = lengths.settings().stream().mapToDouble(Setting::sequences).toArray();
    double inH = Trends.exponent(h, horizons.best(Method.SGD));
    double inT = Trends.exponent(t, lengths.best(Method.SGD));
    var conditions =
        new Conditions()
            .require(
                constant >= LEAST_CONSTANT,
                "plain SGD at its best step covers no better than %.2f min{H/(T log N), 1} anywhere"
                    + " (required: %.2f)",
                constant,
                LEAST_CONSTANT)
            .require(
                inH >= LEAST_EXPONENT && inT <= -LEAST_EXPONENT,
                "the best Cov_%.0f of plain SGD scales like H^%.2f and T^%.2f (required: %.1f and"
                    + " %.1f)",
                Setting.LEVEL,
                inH,
                inT,
                LEAST_EXPONENT,
                -LEAST_EXPONENT)
            .require(
                isInside(horizons) && isInside(lengths),
                "the best plain step lies inside the grid everywhere");
    for (Method method : List.of(Method.NORMALISED, Method.ADAM, Method.TRUNCATED)) {
      double least = leastAdvantage(horizons, method);
      conditions.require(
          least >= TIMES_SMALLER,
          "%s at one step for all H covers %.1f times better than plain SGD at its best step, from"
              + " H = %d on (required: %.0f)",
          method.label(),
          least,
          LONG,
          TIMES_SMALLER);
    }
    return conditions.failuresFirst();
  }

  private static double leastConstant(Outcomes outcomes) {
    double least = Double.POSITIVE_INFINITY;
    double[] best = outcomes.best(Method.SGD);
    for (int i = 0; i < best.length; i++) {
      least = Math.min(least, best[i] / outcomes.settings().get(i).floor());
    }
    return least;
  }

  private static boolean isInside(Outcomes outcomes) {
    for (int i = 0; i < outcomes.settings().size(); i++) {
      int step = outcomes.bestStep(Method.SGD, i);
      if (step == 0 || step == outcomes.row(Method.SGD, i).length - 1) {
        return false;
      }
    }
    return true;
  }

  private static double leastAdvantage(Outcomes outcomes, Method method) {
    double least = Double.POSITIVE_INFINITY;
    double[] plain = outcomes.best(Method.SGD);
    double[] other = outcomes.common(method);
    for (int i = 0; i < plain.length; i++) {
      if (outcomes.settings().get(i).horizon() >= LONG) {
        least = Math.min(least, plain[i] / Math.max(other[i], 1e-300));
      }
    }
    return least;
  }
}
