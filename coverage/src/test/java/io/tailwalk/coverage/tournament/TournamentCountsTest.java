package io.tailwalk.coverage.tournament;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.LogRatio;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.profile.ImprobableAggregate;
import io.tailwalk.coverage.profile.ImprobableShare;
import io.tailwalk.coverage.profile.ModelProfile;
import io.tailwalk.coverage.profile.ProfileAggregate;
import io.tailwalk.coverage.profile.ProfilePoint;
import io.tailwalk.coverage.quantile.QuantileGrid;
import io.tailwalk.coverage.stats.PromptSizes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts against those that the definition gives row by row, with ties and infinities. */
class TournamentCountsTest {
  private static final List<String> MODELS = List.of("a", "b", "c", "d");
  private static final NGrid GRID = NGrid.of(1, 2, 4, 65536);
  private static final Confidence CONFIDENCE = new Confidence(0.05, 100, 7);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void matrix_ofRandomRows_isTheShareByDefinition(long seed) {
    boolean byRow = seed % 2 == 0;
    List<double[]> rows = rows(seed);
    var one =
        byRow
            ? TournamentAggregate.overIndependentRows(MODELS, GRID)
            : TournamentAggregate.overPrompts(MODELS, GRID);
    for (int r = 0; r < rows.size(); r++) {
      one.add(prompt(r, byRow), rows.get(r));
    }
    List<TournamentResult> results = one.results(sizes(rows.size(), byRow), CONFIDENCE);
    for (int n = 0; n < GRID.size(); n++) {
      for (int i = 0; i < MODELS.size(); i++) {
        for (int j = 0; j < MODELS.size(); j++) {
          if (i != j) {
            assertThat(results.get(n).matrix().get(i).get(j))
                .isEqualTo(share(rows, i, j, GRID.threshold(n)));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void improbable_ofRandomRows_isTheProfileAgainstCertainty(long seed) {
    boolean byRow = seed % 2 == 0;
    List<double[]> rows = rows(seed);
    var first = new ImprobableAggregate(MODELS, GRID);
    var second = new ImprobableAggregate(MODELS, GRID);
    ProfileAggregate profile = ProfileAggregate.withReference(MODELS, GRID);
    for (int r = 0; r < rows.size(); r++) {
      (r % 3 == 0 ? first : second).add(prompt(r, byRow), rows.get(r));
      profile.add(prompt(r, byRow), 0, rows.get(r), new long[MODELS.size()]);
    }
    first.merge(second);
    PromptSizes sizes = sizes(rows.size(), byRow);
    List<ImprobableShare> expected = new ArrayList<>();
    for (ModelProfile model : profile.profiles(sizes, CONFIDENCE, QuantileGrid.of())) {
      for (ProfilePoint point : model.points()) {
        expected.add(
            new ImprobableShare(model.model(), point.n(), point.coverage(), point.pointwise()));
      }
    }
    assertThat(first.shares(sizes, CONFIDENCE)).isEqualTo(expected);
  }

  private static double share(List<double[]> rows, int i, int j, double threshold) {
    long hits = rows.stream().filter(row -> LogRatio.reaches(row[j], row[i], threshold)).count();
    return hits / (double) rows.size();
  }

  /** Three responses a prompt, or one; prompts beyond those that are kept apart. */
  private static long prompt(int row, boolean byRow) {
    return (byRow ? row : row / 3) * 0x9E3779B97F4A7C15L;
  }

  private static PromptSizes sizes(int rows, boolean byRow) {
    return byRow ? PromptSizes.independent(rows) : PromptSizes.of(0, 0, 0, rows / 3);
  }

  private static List<double[]> rows(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<double[]> rows = new ArrayList<>();
    for (int r = 0; r < 6000; r++) {
      double[] row = new double[MODELS.size()];
      for (int m = 0; m < row.length; m++) {
        row[m] =
            switch (random.nextInt(6)) {
              case 0 -> Double.NEGATIVE_INFINITY;
              case 1 -> -3 - m * Math.log(2);
              case 2 -> -1e9 - m;
              default -> -8 * random.nextDouble();
            };
      }
      rows.add(row);
    }
    return rows;
  }
}
