package io.tailwalk.lab.generalise;

import io.tailwalk.lab.Conditions;
import io.tailwalk.lab.Trends;
import io.tailwalk.lab.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Whether coverage is learned faster than KL.
 *
 * @param holds all of it
 * @param summary the figures, failures first
 * @param exponents by sample size: of Cov_N in log N
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TailVerdict(boolean holds, List<String> summary, double[] exponents) implements Verdict {
  /** Cov_N falls at least like log N to this power, at every sample size. */
  static final double LARGEST_EXPONENT = -0.75;

  /** What KL (nats) and Cov_N have to come down to. */
  static final double LEVEL = 0.03;

  /** So many times fewer samples for the tail at the largest N than for N = 2. */
  static final double FEWER_SAMPLES = 2;

  /** So many times more samples for KL than for Cov_2. */
  static final double MORE_FOR_KL = 2;

  /** KL grows at least like H to this power on the rare prompt. */
  static final double LEAST_HORIZON_EXPONENT = 0.9;

  /** Cov_N there changes by at most this factor from the shortest to the longest horizon. */
  static final double COVERAGE_FACTOR = 1.5;

  /** How often KL is at least H/(4n). */
  static final double LEAST_PROBABILITY = 0.25;

  /** Keeps a copy. */
  TailVerdict {
    summary = List.copyOf(summary);
  }

  static TailVerdict of(double[] levels, RarePrompt[] rare, List<FitRow> fits) {
    double[] n = fits.stream().mapToDouble(FitRow::n).toArray();
    double[] logs = Arrays.stream(levels).map(Math::log).toArray();
    double[] exponents =
        fits.stream().mapToDouble(fit -> Trends.exponent(logs, fit.coverage())).toArray();
    double worst = Arrays.stream(exponents).max().orElseThrow();
    double[] needed = new double[levels.length];
    for (int i = 0; i < levels.length; i++) {
      int level = i;
      double[] coverage = fits.stream().mapToDouble(fit -> fit.coverage()[level]).toArray();
      needed[i] = Trends.reaches(n, coverage, LEVEL);
    }
    double forKl = Trends.reaches(n, fits.stream().mapToDouble(FitRow::kl).toArray(), LEVEL);
    double last = needed[needed.length - 1];
    Verdict verdict =
        rarePrompt(levels, rare)
            .require(
                worst <= LARGEST_EXPONENT,
                "Cov_N falls at least like (log N)^%.2f at every sample size (wanted: %.2f)",
                worst,
                LARGEST_EXPONENT)
            .require(
                Double.isFinite(needed[0]) && last * FEWER_SAMPLES <= needed[0],
                "Cov_N <= %.2f takes %.0f samples for N = 2 and %.0f for N = %.0f (wanted: %.0f"
                    + " times fewer)",
                LEVEL,
                needed[0],
                last,
                levels[levels.length - 1],
                FEWER_SAMPLES)
            .require(
                Double.isFinite(needed[0]) && forKl >= MORE_FOR_KL * needed[0],
                "KL <= %.2f takes %s samples (wanted: %.0f times those of Cov_2)",
                LEVEL,
                Double.isInfinite(forKl)
                    ? String.format(Locale.ROOT, "more than %.0f", n[n.length - 1])
                    : String.format(Locale.ROOT, "%.0f", forKl),
                MORE_FOR_KL)
            .failuresFirst();
    return new TailVerdict(verdict.holds(), verdict.summary(), exponents);
  }

  private static Conditions rarePrompt(double[] levels, RarePrompt[] rare) {
    double power = Trends.exponent(RarePrompt.horizons(rare), RarePrompt.kls(rare));
    double probability = Arrays.stream(rare).mapToDouble(RarePrompt::klAbove).min().orElseThrow();
    double factor = 1;
    for (int level = 0; level < levels.length; level++) {
      double most = RarePrompt.coverages(rare, level).max().orElseThrow();
      double shortest = rare[0].coverage()[level];
      factor = Math.max(factor, most / shortest);
    }
    return new Conditions()
        .require(
            probability >= LEAST_PROBABILITY,
            "rare prompt: KL >= H/(4n) with probability %.3f at least (wanted: %.2f)",
            probability,
            LEAST_PROBABILITY)
        .require(
            power >= LEAST_HORIZON_EXPONENT && factor <= COVERAGE_FACTOR,
            "rare prompt: expected KL grows like H^%.2f (wanted: %.1f), no expected Cov_N by more"
                + " than %.2f times (allowed: %.1f)",
            power,
            LEAST_HORIZON_EXPONENT,
            factor,
            COVERAGE_FACTOR);
  }
}
