package io.tailwalk.coverage.quantile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.profile.ModelProfile;
import io.tailwalk.coverage.profile.ProfileAggregate;
import io.tailwalk.coverage.profile.ProfilePoint;
import io.tailwalk.coverage.stats.PromptSizes;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * With one right response per prompt the likelihood quantile and the coverage profile are inverse
 * functions of each other. Probabilities are powers of 1/2, so nothing is rounded.
 */
class QuantileInverseTest {
  private static final int PROMPTS = 64;
  private static final int LARGEST = 20;
  private static final NGrid GRID = NGrid.logarithmic(LARGEST, 2);

  private final SplittableRandom random = new SplittableRandom(603);

  /** Halvings of the right response's probability, by prompt. */
  private int[] halvings() {
    int most = random.nextInt(1, LARGEST);
    int[] halvings = new int[PROMPTS];
    Arrays.setAll(halvings, _ -> random.nextInt(most + 1));
    return halvings;
  }

  private static ModelProfile profile(int[] halvings, QuantileGrid shares) {
    ProfileAggregate aggregate = ProfileAggregate.withReference(List.of("q"), GRID);
    for (int prompt = 0; prompt < PROMPTS; prompt++) {
      double logProb = halvings[prompt] * Math.log(0.5);
      aggregate.add(prompt, 0, new double[] {logProb}, new long[] {1});
    }
    return aggregate
        .profiles(PromptSizes.independent(PROMPTS), Confidence.standard(), shares)
        .getFirst();
  }

  /** All multiples of 1/128: the shares that prompts attain, and those in between. */
  private static QuantileGrid everyShare() {
    double[] shares = new double[2 * PROMPTS - 1];
    Arrays.setAll(shares, k -> (k + 1) / (2.0 * PROMPTS));
    return QuantileGrid.of(shares);
  }

  /**
   * {@code Cov_N > epsilon} if and only if {@code N <= 1 / Q(epsilon)}. The lower quantile, which
   * is one rank off where epsilon n is whole, fails it.
   */
  @Test
  void coverage_exceedsAShare_upToTheInverseOfTheQuantile() {
    int lowerFails = 0;
    for (int set = 0; set < 50; set++) {
      int[] halvings = halvings();
      ModelProfile profile = profile(halvings, everyShare());
      double[] sorted =
          Arrays.stream(halvings).mapToDouble(h -> h * Math.log(0.5)).sorted().toArray();
      for (LikelihoodQuantile quantile : profile.quantiles()) {
        int lower = (int) Math.ceil(quantile.epsilon() * PROMPTS) - 1;
        for (ProfilePoint point : profile.points()) {
          boolean exceeds = point.coverage() > quantile.epsilon();
          double logN = Math.log(point.n());
          assertThat(exceeds).isEqualTo(logN <= 1e-9 - quantile.logProb());
          lowerFails += exceeds == (logN <= 1e-9 - sorted[lower]) ? 0 : 1;
        }
      }
    }
    assertThat(lowerFails).isPositive();
  }

  /**
   * What it says of draws: all but a share epsilon of the prompts have probability Q or more, so N
   * = 1/Q draws succeed on at least {@code (1 - epsilon)(1 - (1 - 1/N)^N)} of the prompts on
   * average; and those of at most 1/N, which are more than epsilon, with k draws on at most k/N of
   * them.
   */
  @Test
  void passAtK_isBoundedByTheQuantileAndByCoverage() {
    for (int set = 0; set < 50; set++) {
      int[] halvings = halvings();
      ModelProfile profile = profile(halvings, everyShare());
      for (LikelihoodQuantile quantile : profile.quantiles()) {
        double n = Math.rint(Math.exp(-quantile.logProb()));
        double least = (1 - quantile.epsilon()) * (1 - Math.pow(1 - 1 / n, n));
        assertThat(pass(halvings, n)).isGreaterThanOrEqualTo(least - 1e-12);
        for (int k = 1; k < n; k *= 2) {
          double most = 1 - quantile.epsilon() * (1 - k / n);
          assertThat(pass(halvings, k)).isLessThanOrEqualTo(most + 1e-12);
        }
      }
    }
  }

  /** pass@k of prompts whose success probability is that of their only right response. */
  private static double pass(int[] halvings, double k) {
    return Arrays.stream(halvings)
        .mapToDouble(h -> 1 - Math.pow(1 - Math.scalb(1.0, -h), k))
        .average()
        .orElseThrow();
  }

  @Test
  void quantiles_withoutReference_areKnown() {
    ProfileAggregate aggregate = ProfileAggregate.withoutReference(List.of("q"));
    for (int row = 0; row < 100; row++) {
      aggregate.add(row, Double.NaN, new double[] {-1.0 - row}, new long[] {1});
    }
    List<LikelihoodQuantile> quantiles =
        aggregate
            .profiles(PromptSizes.independent(100), Confidence.standard())
            .getFirst()
            .quantiles();
    assertThat(quantiles)
        .extracting(LikelihoodQuantile::epsilon)
        .containsExactly(0.01, 0.05, 0.1, 0.5);
    assertThat(quantiles)
        .extracting(LikelihoodQuantile::logProb)
        .containsExactly(-99.0, -95.0, -90.0, -50.0);
  }
}
