package io.tailwalk.lab.bound;

import io.tailwalk.lab.Conditions;
import io.tailwalk.lab.Verdict;

/** Whether every bound held and was informative, and the KL bound was reached. */
final class BoundVerdict {
  /** Number of checks in which each bound must be informative. */
  static final int LEAST_TELLING = 100;

  /** Least ratio of coverage to the KL bound on its tight family. */
  static final double TIGHT = 0.99;

  private BoundVerdict() {}

  /**
   * The verdict.
   *
   * @param random checks on random problems
   * @param tight checks on Ber(p) against Ber(p/N)
   */
  static Verdict of(Tally random, Tally tight) {
    var conditions = new Conditions();
    long checks = 0;
    for (Bound bound : Bound.values()) {
      Tally.Count count = random.count(bound);
      checks += count.checks();
      unbroken(conditions, bound, count);
      unbroken(conditions, bound, tight.count(bound));
      conditions.failUnless(
          count.ratios().length >= LEAST_TELLING,
          "fails: %s is informative in only %d checks (required: %d)",
          bound.label(),
          count.ratios().length,
          LEAST_TELLING);
    }
    double nearest = largest(tight.count(Bound.KL));
    conditions.failUnless(
        nearest >= TIGHT,
        "fails: Cov_N reaches only %.4f of the KL bound on its tight family (required: %.2f)",
        nearest,
        TIGHT);
    if (conditions.hold()) {
      conditions
          .found(
              "%,d inequalities checked, none violated; each of the %d bounds is informative in at"
                  + " least %d checks",
              checks, Bound.values().length, LEAST_TELLING)
          .found(
              "Cov_N over its KL bound is %.4f on Ber(p) against Ber(p/N), at most %.3f on random"
                  + " problems",
              nearest, largest(random.count(Bound.KL)));
    }
    return conditions.failuresFirst();
  }

  private static void unbroken(Conditions conditions, Bound bound, Tally.Count count) {
    conditions.failUnless(
        count.violations() == 0,
        "fails: %s is violated in %d of %d checks, by up to %.3g in %s",
        bound.label(),
        count.violations(),
        count.checks(),
        count.worst(),
        count.worstWhere());
  }

  private static double largest(Tally.Count count) {
    double[] ratios = count.ratios();
    return ratios.length == 0 ? 0 : ratios[ratios.length - 1];
  }
}
