package io.tailwalk.coverage.passk;

import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.Interval;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * pass@k at any k from success probabilities: {@code 1 - (1 - Z)^k} on a prompt, averaged over
 * prompts. The ends of the prompts' intervals are carried through and averaged: the curve lies
 * between them whenever every prompt's own interval holds its truth; as an interval of the average
 * they are wider than they need be, since errors of independent prompts partly cancel. Concave in
 * Z, so with an unbiased Z the value errs low on average.
 */
public final class MassCurve {
  private MassCurve() {}

  /** {@code 1 - (1 - z)^k}, exact for the smallest z. */
  public static double pass(double z, long k) {
    return z >= 1 ? 1 : -Math.expm1(k * Math.log1p(-z));
  }

  /** The point at k, at least 1. */
  public static CurvePoint at(List<PromptMass> masses, long k) {
    if (masses.isEmpty() || k < 1) {
      throw new CoverageException("k = " + k + " over " + masses.size() + " prompts");
    }
    double low = mean(masses, mass -> pass(mass.low(), k));
    double high = mean(masses, mass -> pass(mass.high(), k));
    return new CurvePoint(k, mean(masses, mass -> pass(mass.value(), k)), new Interval(low, high));
  }

  private static double mean(List<PromptMass> masses, ToDoubleFunction<PromptMass> quantity) {
    return masses.stream().mapToDouble(quantity).average().orElseThrow();
  }
}
