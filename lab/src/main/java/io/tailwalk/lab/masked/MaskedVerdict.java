package io.tailwalk.lab.masked;

import io.tailwalk.lab.Conditions;
import io.tailwalk.lab.Measured;
import io.tailwalk.lab.Verdict;
import java.util.List;

/**
 * Whether, with means over tasks and {@link #ERRORS} standard errors on the side that makes it
 * harder: both walks are within {@link #DELTA} of the target at every length; descents guided by
 * the value are further than VGB by {@link #LEAST_EXCESS} at every length; best-of-N with the
 * evaluations of VGB is further than VGB at the longest length, and its distance grows from the
 * shortest length to the longest; and whether draws with the samplers themselves agree with what
 * was computed.
 */
final class MaskedVerdict {
  /** Greatest mean total variation of a walk. */
  static final double DELTA = 0.02;

  /** Least difference of the mean total variations of guided descents and VGB. */
  static final double LEAST_EXCESS = 0.05;

  /** Number of standard errors. */
  static final double ERRORS = 3;

  private MaskedVerdict() {}

  static Verdict of(List<LengthResult> lengths, List<Check> checks) {
    var conditions = new Conditions();
    LengthResult shortest = lengths.getFirst();
    LengthResult longest = lengths.getLast();
    for (LengthResult at : lengths) {
      conditions.found(
          "n=%d: total variation of %s %s, of its momentum form %s, of %s %s, of %s with the"
              + " evaluations of VGB %s",
          at.length(),
          Rival.VGB.label(),
          at.distance(Rival.VGB).text(),
          at.distance(Rival.MOMENTUM).text(),
          Rival.ACTION_LEVEL.label(),
          at.distance(Rival.ACTION_LEVEL).text(),
          Rival.BEST_OF_N.label(),
          at.distance(Rival.BEST_OF_N).text());
      for (Rival walk : List.of(Rival.VGB, Rival.MOMENTUM)) {
        conditions.failUnless(
            high(at.distance(walk)) <= DELTA,
            "fails at n=%d: %s is not clearly within %.2f of the target",
            at.length(),
            walk.label(),
            DELTA);
      }
      further(conditions, at, Rival.ACTION_LEVEL, LEAST_EXCESS);
    }
    further(conditions, longest, Rival.BEST_OF_N, 0);
    Measured before = shortest.distance(Rival.BEST_OF_N);
    Measured after = longest.distance(Rival.BEST_OF_N);
    double error = Math.hypot(before.standardError(), after.standardError());
    conditions.require(
        after.value() - before.value() > ERRORS * error,
        "from n=%d to n=%d the distance of %s grows by %.3f ± %.3f",
        shortest.length(),
        longest.length(),
        Rival.BEST_OF_N.label(),
        after.value() - before.value(),
        error);
    for (Check check : checks) {
      conditions.failUnless(
          check.holds(),
          "fails at n=%d: draws of %s have %s evaluations, computed %.1f, and log-probability %s,"
              + " computed %.3f",
          check.length(),
          check.rival().label(),
          check.evaluations().text(),
          check.evaluationsComputed(),
          check.logProb().text(),
          check.logProbComputed());
    }
    return conditions.failuresLast();
  }

  private static void further(Conditions conditions, LengthResult at, Rival rival, double least) {
    Measured excess = at.excess(rival);
    conditions.failUnless(
        excess.value() - ERRORS * excess.standardError() > least,
        "fails at n=%d: %s is not clearly further from the target than VGB by %.2f, but by %s",
        at.length(),
        rival.label(),
        least,
        excess.text());
  }

  private static double high(Measured measured) {
    return measured.value() + ERRORS * measured.standardError();
  }
}
