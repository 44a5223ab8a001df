package io.tailwalk.lab;

import io.tailwalk.report.Estimate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A mean over independent runs.
 *
 * @param value the mean
 * @param standardError standard error of the mean
 */
public record Measured(double value, double standardError) {
  /** Standard errors accepted as Monte Carlo error of one figure from thousands of runs. */
  private static final double ALLOWED = 4;

  /** Rounding error accepted when a sampler is exact and its standard error is zero. */
  private static final double ROUNDING = 1e-9;

  /** The mean of the runs, of which there are at least 2. */
  public static Measured of(double[] runs) {
    double mean = Arrays.stream(runs).average().orElse(0);
    double squares = Arrays.stream(runs).map(x -> (x - mean) * (x - mean)).sum();
    return new Measured(mean, Math.sqrt(squares / (runs.length - 1) / runs.length));
  }

  /** The mean of independent measurements. */
  public static Measured mean(List<Measured> parts) {
    double value = parts.stream().mapToDouble(Measured::value).average().orElse(0);
    double squares = parts.stream().mapToDouble(p -> p.standardError() * p.standardError()).sum();
    return new Measured(value, Math.sqrt(squares) / parts.size());
  }

  /** Whether the mean agrees with a number within Monte Carlo error. */
  public boolean agreesWith(double expected) {
    return agreesWith(expected, ALLOWED);
  }

  /** Whether the mean is within this many standard errors of a number. */
  public boolean agreesWith(double expected, double standardErrors) {
    return Math.abs(value - expected) <= standardErrors * standardError + ROUNDING;
  }

  /** The mean with an interval of two standard errors. */
  public Estimate estimate() {
    return new Estimate(value - 2 * standardError, value, value + 2 * standardError);
  }

  /** Mean and standard error, three decimals. */
  public String text() {
    return String.format(Locale.ROOT, "%.3f ± %.3f", value, standardError);
  }
}
