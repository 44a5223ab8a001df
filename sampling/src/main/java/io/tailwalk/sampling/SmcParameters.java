package io.tailwalk.sampling;

/**
 * Parameters of particle systems.
 *
 * @param particles N, at least 1
 * @param essThreshold resample when the effective size falls below this share of N, in [0, 1]; 0
 *     for never
 * @param resampling the resampling scheme
 */
public record SmcParameters(int particles, double essThreshold, Resampling resampling) {
  /** 16 particles, threshold one half, systematic. */
  public static final SmcParameters DEFAULT = new SmcParameters(16, 0.5, Resampling.SYSTEMATIC);

  /** Refuses numbers out of range. */
  public SmcParameters {
    if (particles < 1) {
      throw new IllegalArgumentException("particles must be at least 1, got " + particles);
    }
    if (!(essThreshold >= 0 && essThreshold <= 1)) {
      throw new IllegalArgumentException("ess_threshold must lie in [0, 1], got " + essThreshold);
    }
  }
}
