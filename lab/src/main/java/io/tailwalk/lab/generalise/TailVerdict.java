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
 * @param holds whether the complete claim holds
 * @param summary the figures, failures first
 * @param exponents exponent of Cov_N in log N, by sample size
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TailVerdict(boolean holds, List<String> summary, double[] exponents) implements Verdict {
  /** Largest exponent of Cov_N in log N at any sample size. */
  static final double LARGEST_EXPONENT = -0.75;

  /** Level that KL (nats) and Cov_N must reach. */
  static final double LEVEL = 0.03;

  /** Factor of samples saved at the largest N, compared with N = 2. */
  static final double FEWER_SAMPLES = 2;

  /** Factor of additional samples for KL, compared with Cov_2. */
  static final double MORE_FOR_KL = 2;

  /** Least exponent of KL in H on the rare prompt. */
  static final double LEAST_HORIZON_EXPONENT = 0.9;

  /** Largest factor by which Cov_N on the rare prompt grows from the shortest horizon. */
  static final double COVERAGE_FACTOR = 1.5;

  /** Least probability of a KL of at least H/(4n). */
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
                "Cov_N falls at least like (log N)^%.2f at every sample size (required: %.2f)",
                worst,
                LARGEST_EXPONENT)
            .require(
                Double.isFinite(needed[0]) && last * FEWER_SAMPLES <= needed[0],
                "Cov_N <= %.2f needs %.0f samples for N = 2 and %.0f for N = %.0f (required: %.0f"
                    + " times fewer)",
                LEVEL,
                needed[0],
                last,
                levels[levels.length - 1],
                FEWER_SAMPLES)
            .require(
                Double.isFinite(needed[0]) && forKl >= MORE_FOR_KL * needed[0],
                "KL <= %.2f needs %s samples (required: %.0f times the number for Cov_2)",
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
            "rare prompt: KL >= H/(4n) with probability %.3f at least (required: %.2f)",
            probability,
            LEAST_PROBABILITY)
        .require(
            power >= LEAST_HORIZON_EXPONENT && factor <= COVERAGE_FACTOR,
            "rare prompt: expected KL grows like H^%.2f (required: %.1f), no expected Cov_N grows"
                + " by"
                + " more than a factor of %.2f (allowed: %.1f)",
            power,
            LEAST_HORIZON_EXPONENT,
            factor,
            COVERAGE_FACTOR);
  }
}
