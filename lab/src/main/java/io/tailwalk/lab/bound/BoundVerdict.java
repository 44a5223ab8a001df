package io.tailwalk.lab.bound;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether every bound held, said something, and the KL bound was reached.
 *
 * @param holds all of it
 * @param summary what failed where, or the figures if nothing did
 */
record BoundVerdict(boolean holds, List<String> summary) {
  /** In how many checks each bound must say something. */
  static final int LEAST_TELLING = 100;

  /** How near the KL bound must come to what it bounds, on its tight family. */
  static final double TIGHT = 0.99;

  /** Keeps a copy. */
  BoundVerdict {
    summary = List.copyOf(summary);
  }

  /**
   * The verdict.
   *
   * @param random on random problems
   * @param tight on Ber(p) against Ber(p/N)
   */
  static BoundVerdict of(Tally random, Tally tight) {
    List<String> failures = new ArrayList<>();
    long checks = 0;
    for (Bound bound : Bound.values()) {
      Tally.Count count = random.count(bound);
      checks += count.checks();
      if (count.violations() > 0) {
        failures.add(broken(bound, count));
      }
      if (tight.count(bound).violations() > 0) {
        failures.add(broken(bound, tight.count(bound)));
      }
      int telling = count.ratios().length;
      if (telling < LEAST_TELLING) {
        failures.add(
            "fails: "
                + bound.label()
                + " says something in only "
                + telling
                + " checks (wanted: "
                + LEAST_TELLING
                + ")");
      }
    }
    double nearest = largest(tight.count(Bound.KL));
    if (!(nearest >= TIGHT)) {
      failures.add(
          String.format(
              Locale.ROOT,
              "fails: the KL bound is reached to %.4f only on its tight family (wanted: %.2f)",
              nearest,
              TIGHT));
    }
    if (!failures.isEmpty()) {
      return new BoundVerdict(false, failures);
    }
    return new BoundVerdict(
        true,
        List.of(
            String.format(
                Locale.ROOT,
                "%,d inequalities, none broken; each of the %d bounds says something in at least %d"
                    + " of them",
                checks,
                Bound.values().length,
                LEAST_TELLING),
            String.format(
                Locale.ROOT,
                "Cov_N over its KL bound is %.4f on Ber(p) against Ber(p/N), at most %.3f on random"
                    + " problems",
                nearest,
                largest(random.count(Bound.KL)))));
  }

  private static String broken(Bound bound, Tally.Count count) {
    return String.format(
        Locale.ROOT,
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
