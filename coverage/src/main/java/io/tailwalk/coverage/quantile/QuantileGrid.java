package io.tailwalk.coverage.quantile;

import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.stats.PromptSizes;
import io.tailwalk.coverage.stats.QuantileRanks;
import java.util.Arrays;
import java.util.List;

/**
 * The shares epsilon at which likelihood quantiles are computed.
 *
 * @param shares increasing, each strictly between 0 and 1; empty for no quantiles
 */
public record QuantileGrid(List<Double> shares) {
  private static final QuantileGrid STANDARD = of(0.01, 0.05, 0.1, 0.5);

  /**
   * Sorts the shares and drops duplicates.
   *
   * @throws CoverageException if a share is not strictly between 0 and 1
   */
  public QuantileGrid {
    shares = shares.stream().map(QuantileRanks::requireShare).sorted().distinct().toList();
  }

  /**
   * The given shares, sorted, without duplicates.
   *
   * @throws CoverageException if a share is not strictly between 0 and 1
   */
  public static QuantileGrid of(double... shares) {
    return new QuantileGrid(Arrays.stream(shares).boxed().toList());
  }

  /** 0.01, 0.05, 0.1 and 0.5. */
  public static QuantileGrid standard() {
    return STANDARD;
  }

  /**
   * The ranks of the quantiles and their intervals.
   *
   * @param sizes rows of each prompt; at least one row
   * @param delta error probability of each interval, in (0, 1)
   */
  public List<QuantileRanks> ranks(PromptSizes sizes, double delta) {
    return shares.stream().map(share -> QuantileRanks.of(share, sizes, delta)).toList();
  }
}
