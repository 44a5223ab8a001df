package io.tailwalk.sampling;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.random.RandomChooser;
import java.util.Arrays;

/**
 * Resampling schemes that turn a weighted population into an unweighted one of the same size:
 * particle i gets {@code N w_i} copies in expectation, none if its weight is zero. See Douc, Cappe
 * and Moulines, "Comparison of resampling schemes for particle filtering" (2005).
 */
public enum Resampling {
  /** One uniform offset, then equal steps. */
  SYSTEMATIC("systematic") {
    @Override
    public int[] ancestors(double[] cumulative, Chooser chooser) {
      int n = cumulative.length;
      double offset = offset(cumulative, chooser);
      int[] ancestors = new int[n];
      for (int j = 0; j < n; j++) {
        ancestors[j] = RandomChooser.firstAbove(cumulative, 0, n, j + offset);
      }
      return ancestors;
    }
  },

  /** One uniform in each of N equal strata. */
  STRATIFIED("stratified") {
    @Override
    public int[] ancestors(double[] cumulative, Chooser chooser) {
      int n = cumulative.length;
      int[] ancestors = new int[n];
      double[] clipped = new double[n];
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < n; i++) {
          clipped[i] = Math.clamp(cumulative[i] - j, 0, 1);
        }
        ancestors[j] = chooser.categorical(clipped, 0, n);
      }
      return ancestors;
    }
  },

  /** N independent draws. */
  MULTINOMIAL("multinomial") {
    @Override
    public int[] ancestors(double[] cumulative, Chooser chooser) {
      int[] ancestors = new int[cumulative.length];
      for (int j = 0; j < ancestors.length; j++) {
        ancestors[j] = chooser.categorical(cumulative, 0, cumulative.length);
      }
      return ancestors;
    }
  },

  /** The integer part of {@code N w_i} deterministically, the rest by independent draws. */
  RESIDUAL("residual") {
    @Override
    public int[] ancestors(double[] cumulative, Chooser chooser) {
      int n = cumulative.length;
      int[] ancestors = new int[n];
      double[] rest = new double[n];
      int filled = 0;
      for (int i = 0; i < n; i++) {
        double expected = cumulative[i] - (i == 0 ? 0 : cumulative[i - 1]);
        int whole = (int) Math.min(Math.floor(expected), n - filled);
        Arrays.fill(ancestors, filled, filled + whole, i);
        filled += whole;
        rest[i] = (i == 0 ? 0 : rest[i - 1]) + Math.max(0, expected - whole);
      }
      for (; filled < n; filled++) {
        ancestors[filled] = chooser.categorical(rest, 0, n);
      }
      return ancestors;
    }
  };

  private final String wireName;

  Resampling(String wireName) {
    this.wireName = wireName;
  }

  /** The name used in parameters. */
  public String wireName() {
    return wireName;
  }

  /**
   * The particle that each new particle copies.
   *
   * @param cumulative running sums of the N weights, scaled so that the last is N exactly
   */
  public abstract int[] ancestors(double[] cumulative, Chooser chooser);

  /**
   * A uniform offset in [0, 1), discretised without loss: the ancestors change only if the offset
   * crosses the fractional part of a running sum, so one of the segments between them is drawn in
   * proportion to its length and represented by its middle.
   */
  private static double offset(double[] cumulative, Chooser chooser) {
    double[] ends = new double[cumulative.length + 1];
    for (int i = 0; i < cumulative.length; i++) {
      ends[i] = cumulative[i] - Math.floor(cumulative[i]);
    }
    ends[cumulative.length] = 1;
    Arrays.sort(ends);
    int stretch = chooser.categorical(ends, 0, ends.length);
    double start = stretch == 0 ? 0 : ends[stretch - 1];
    return start + (ends[stretch] - start) / 2;
  }
}
