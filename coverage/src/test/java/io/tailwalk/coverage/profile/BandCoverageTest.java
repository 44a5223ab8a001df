package io.tailwalk.coverage.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.stats.PromptSizes;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The rate at which a band misses the exact profile of two geometric distributions somewhere.
 * Healthy: the miss rate is at most delta. A band of half the width misses in more than 60 of 100.
 */
class BandCoverageTest {
  private static final NGrid GRID = NGrid.logarithmic(8, 8);
  private static final double PI = 0.9;
  private static final double Q = 0.88;
  private static final double DELTA = 0.1;

  @Test
  void band_over2000DataSets_coversAtLeastNominally() {
    assertThat(misses(2000, 100, 1)).isLessThanOrEqualTo(200);
  }

  @Test
  void band_forRowsThatAgreeWithinPrompts_coversAtLeastNominally() {
    assertThat(misses(500, 40, 4)).isLessThanOrEqualTo(50);
  }

  @Test
  @Tag("slow")
  void band_forRowsThatAgreeWithinPrompts_over2000DataSets_coversAtLeastNominally() {
    assertThat(misses(2000, 40, 4)).isLessThanOrEqualTo(200);
  }

  private static int misses(int dataSets, int prompts, int rowsPerPrompt) {
    SplittableRandom random = new SplittableRandom(20251);
    int misses = 0;
    for (int set = 0; set < dataSets; set++) {
      ProfileAggregate aggregate = ProfileAggregate.withReference(List.of("q"), GRID);
      for (int prompt = 0; prompt < prompts; prompt++) {
        int k = (int) Math.floor(Math.log(1 - random.nextDouble()) / Math.log(PI));
        for (int row = 0; row < rowsPerPrompt; row++) {
          aggregate.add(
              prompt, logGeometric(PI, k), new double[] {logGeometric(Q, k)}, new long[] {k});
        }
      }
      long[] sizes = new long[rowsPerPrompt + 1];
      sizes[rowsPerPrompt] = prompts;
      List<ProfilePoint> points =
          aggregate
              .profiles(PromptSizes.of(sizes), new Confidence(DELTA, 100, 0))
              .getFirst()
              .points();
      boolean missed = points.stream().anyMatch(p -> !p.band().contains(exact(p.n())));
      misses += missed ? 1 : 0;
    }
    return misses;
  }

  private static double logGeometric(double ratio, int k) {
    return Math.log1p(-ratio) + k * Math.log(ratio);
  }

  private static double exact(double n) {
    double from = Math.ceil((Math.log(n) - Math.log((1 - PI) / (1 - Q))) / Math.log(PI / Q));
    return Math.pow(PI, Math.max(0, from));
  }
}
