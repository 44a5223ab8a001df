package io.tailwalk.lab.steps;

import io.tailwalk.lab.Trends;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether plain steps fail and the others do not.
 *
 * @param holds all of it
 * @param summary the figures, failures first
 */
record StepsVerdict(boolean holds, List<String> summary) {
  /** Plain SGD's Cov_N is at least this times min{H/(T log N), 1}. */
  static final double LEAST_CONSTANT = 0.25;

  /** Plain SGD's Cov_N grows at least like H to this power, and falls so in T. */
  static final double LEAST_EXPONENT = 0.5;

  /** The others' Cov_N is so many times smaller from this horizon on. */
  static final double TIMES_SMALLER = 3;

  /** Where T log N / H no longer leaves plain SGD enough time. */
  static final int LONG = 128;

  /** Keeps a copy. */
  StepsVerdict {
    summary = List.copyOf(summary);
  }

  /**
   * The verdict.
   *
   * @param horizons settings of rising H at one T
   * @param lengths settings of rising T at one H
   */
  static StepsVerdict of(Outcomes horizons, Outcomes lengths) {
    List<String> found = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    double constant = Math.min(leastConstant(horizons), leastConstant(lengths));
    note(
        constant >= LEAST_CONSTANT,
        String.format(
            Locale.ROOT,
            "plain SGD at its best step covers no better than %.2f min{H/(T log N), 1} anywhere"
                + " (wanted: %.2f)",
            constant,
            LEAST_CONSTANT),
        found,
        failures);
    double[] h = horizons.settings().stream().mapToDouble(Setting::horizon).toArray();
    double[] t = lengths.settings().stream().mapToDouble(Setting::sequences).toArray();
    double inH = Trends.exponent(h, horizons.best(Method.SGD));
    double inT = Trends.exponent(t, lengths.best(Method.SGD));
    note(
        inH >= LEAST_EXPONENT && inT <= -LEAST_EXPONENT,
        String.format(
            Locale.ROOT,
            "its best Cov_%.0f goes like H^%.2f and T^%.2f (wanted: %.1f and %.1f)",
            Setting.LEVEL,
            inH,
            inT,
            LEAST_EXPONENT,
            -LEAST_EXPONENT),
        found,
        failures);
    note(
        isInside(horizons) && isInside(lengths),
        "the best plain step lies inside the grid everywhere",
        found,
        failures);
    for (Method method : List.of(Method.NORMALISED, Method.ADAM, Method.TRUNCATED)) {
      double least = leastAdvantage(horizons, method);
      note(
          least >= TIMES_SMALLER,
          String.format(
              Locale.ROOT,
              "%s at one step for all H covers %.1f times better than plain SGD at its best, from H"
                  + " = %d on (wanted: %.0f)",
              method.label(),
              least,
              LONG,
              TIMES_SMALLER),
          found,
          failures);
    }
    boolean holds = failures.isEmpty();
    failures.addAll(found);
    return new StepsVerdict(holds, failures);
  }

  private static void note(boolean holds, String text, List<String> found, List<String> failures) {
    if (holds) {
      found.add(text);
    } else {
      failures.add("fails: " + text);
    }
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
