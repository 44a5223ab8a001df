package io.tailwalk.lab.bound;

import io.tailwalk.lab.Conditions;
import io.tailwalk.lab.Verdict;

/** Whether every bound held, said something, and the KL bound was reached. */
final class BoundVerdict {
  /** In how many checks each bound must say something. */
  static final int LEAST_TELLING = 100;

  /** How near the KL bound must come to what it bounds, on its tight family. */
  static final double TIGHT = 0.99;

  private BoundVerdict() {}

  /**
   * The verdict.
   *
   * @param random on random problems
   * @param tight on Ber(p) against Ber(p/N)
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
          "fails: %s says something in only %d checks (wanted: %d)",
          bound.label(),
          count.ratios().length,
          LEAST_TELLING);
    }
    double nearest = largest(tight.count(Bound.KL));
    conditions.failUnless(
        nearest >= TIGHT,
        "fails: the KL bound is reached to %.4f only on its tight family (wanted: %.2f)",
        nearest,
        TIGHT);
    if (conditions.hold()) {
      conditions
          .found(
              "%,d inequalities, none broken; each of the %d bounds says something in at least %d"
                  + " of them",
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
        "fails: %s is broken in %d of %d checks, by %.3g in %s",
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
