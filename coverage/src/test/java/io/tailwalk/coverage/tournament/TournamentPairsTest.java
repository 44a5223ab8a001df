package io.tailwalk.coverage.tournament;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.stats.PromptSizes;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Pairs over few clusters, where the bootstrap has few outcomes: of two clusters a replicate takes
 * the first twice, each once, or the second twice, with probabilities 1/4, 1/2, 1/4. That the
 * clusters are folds of 1000 prompts makes the floors and the pseudo-event, {@code 1/1000^2},
 * small.
 */
class TournamentPairsTest {
  private static final PromptSizes THOUSAND = PromptSizes.of(0, 0, 1000);
  private static final double[] A_BAD = {-9, -1};
  private static final double[] B_BAD = {-1, -9};
  private static final double[] ALIKE = {-1, -1};

  private static TournamentAggregate clustered(double... factors) {
    return TournamentAggregate.overPrompts(List.of("a", "b"), NGrid.of(factors));
  }

  private static void add(TournamentAggregate aggregate, int key, int rows, double[] logProbs) {
    for (int row = 0; row < rows; row++) {
      aggregate.add(key, logProbs);
    }
  }

  private static TournamentResult result(
      TournamentAggregate aggregate, PromptSizes sizes, double delta) {
    return aggregate.results(sizes, new Confidence(delta, 1000, 1)).getFirst();
  }

  /**
   * Shares of 0.6 and 0.2: a replicate is 0.2 from the mean with probability 1/2, and the standard
   * error over the two is 0.2 but for the pseudo-event. So the 0.6 quantile is about 0.2 and the
   * 0.4 quantile 0, which leaves the floor {@code ln(4 / 0.6) / 1000}.
   */
  @Test
  void intervals_ofTwoClusters_areQuantilesOfThreeReplicates() {
    TournamentAggregate aggregate = clustered(4);
    add(aggregate, 1, 600, A_BAD);
    add(aggregate, 1, 400, ALIKE);
    add(aggregate, 2, 200, A_BAD);
    add(aggregate, 2, 800, ALIKE);
    Interval wide = result(aggregate, THOUSAND, 0.4).candidates().getFirst().worstInterval();
    assertThat(wide.low()).isCloseTo(0.2, within(1e-12));
    assertThat(wide.high()).isCloseTo(0.6, within(1e-12));
    Interval floor = result(aggregate, THOUSAND, 0.6).candidates().getFirst().worstInterval();
    assertThat(floor.low()).isCloseTo(0.4 - Math.log(4 / 0.6) / 1000, within(1e-12));
    assertThat(floor.high()).isCloseTo(0.4 + Math.log(4 / 0.6) / 1000, within(1e-12));
  }

  /**
   * a is hit on 0.5 and 0 of the rows, b on 0 and 0.2: the difference is 0.15, in replicates 0.5,
   * 0.15 or -0.2. The 0.9 quantile of its shift is its standard error, 0.35, the 0.5 quantile 0.
   */
  @Test
  void ruledOut_ofTwoClusters_byTheQuantileOfTheShift() {
    TournamentAggregate aggregate = clustered(4);
    add(aggregate, 1, 500, A_BAD);
    add(aggregate, 1, 500, ALIKE);
    add(aggregate, 2, 200, B_BAD);
    add(aggregate, 2, 800, ALIKE);
    assertThat(result(aggregate, THOUSAND, 0.1).confidenceSet()).containsExactly("a", "b");
    assertThat(result(aggregate, THOUSAND, 0.5).confidenceSet()).containsExactly("b");
  }

  /**
   * b is hit on all of 200 rows and on none of 1000: 1/6, in replicates 1, 1/6 or 0. The 0.9
   * quantile of the shift is 5/6, three standard errors, so b stays.
   */
  @Test
  void ruledOut_ofUnequalClusters_keepsWhatOneClusterShows() {
    TournamentAggregate aggregate = clustered(4);
    add(aggregate, 1, 200, B_BAD);
    add(aggregate, 2, 1000, ALIKE);
    assertThat(result(aggregate, THOUSAND, 0.1).confidenceSet()).containsExactly("a", "b");
    assertThat(result(aggregate, THOUSAND, 0.5).confidenceSet()).containsExactly("a");
  }

  /**
   * In both clusters a is hit on 0.002 of the rows more than b, so that the difference does not
   * vary and only the floor, {@code 5^(1/1000) - 1 = 0.0016}, is to be passed. Were a compared with
   * itself or b with itself, whose shares are 0, its own shift would ask for 3/1000.
   */
  @Test
  void ruledOut_whereTheDifferenceDoesNotVary_needsTheFloor() {
    TournamentAggregate aggregate = clustered(4);
    add(aggregate, 1, 501, A_BAD);
    add(aggregate, 1, 499, B_BAD);
    add(aggregate, 2, 10, A_BAD);
    add(aggregate, 2, 4990, ALIKE);
    assertThat(result(aggregate, THOUSAND, 0.2).confidenceSet()).containsExactly("b");
  }

  /** Two prompts are few but not one: floors of {@code ln(4/0.9)/2} and {@code 0.9^(-1/2) - 1}. */
  @Test
  void twoPrompts_atALargeDelta_saySomething() {
    TournamentAggregate aggregate = clustered(4);
    add(aggregate, 1, 2, A_BAD);
    add(aggregate, 2, 2, A_BAD);
    TournamentResult result = result(aggregate, PromptSizes.of(0, 0, 2), 0.9);
    assertThat(result.confidenceSet()).containsExactly("b");
    assertThat(result.candidates().get(1).worstInterval().high())
        .isCloseTo(Math.log(4 / 0.9) / 2, within(1e-12));
    assertThat(result.candidates().getFirst().worstInterval().low())
        .isCloseTo(1 - Math.log(4 / 0.9) / 2, within(1e-12));
  }

  /** Two nats reach 2 and 4 but not 8; the counts of each factor are kept apart, and merge. */
  @Test
  void factors_areCountedApart_alsoInParts() {
    for (boolean byPrompt : new boolean[] {false, true}) {
      TournamentAggregate whole = ofFactors(byPrompt);
      TournamentAggregate first = ofFactors(byPrompt);
      TournamentAggregate second = ofFactors(byPrompt);
      for (int row = 0; row < 150; row++) {
        double b = row % 7 == 0 ? Double.NEGATIVE_INFINITY : row % 5 == 0 ? -9 : -1;
        double[] logProbs = {row % 3 == 0 ? -3 : -1, b};
        whole.add(row, logProbs);
        (row % 4 == 0 ? first : second).add(row, logProbs);
      }
      first.merge(second);
      Confidence confidence = new Confidence(0.05, 100, 1);
      List<TournamentResult> expected = whole.results(PromptSizes.independent(150), confidence);
      assertThat(first.results(PromptSizes.independent(150), confidence)).isEqualTo(expected);
      assertThat(expected.get(0).matrix().get(0).get(1)).isPositive();
      assertThat(expected.get(1).matrix().get(0).get(1)).isZero();
      assertThat(expected.get(1).matrix().get(1).get(0)).isPositive();
      assertThat(expected.get(1).candidates().get(0).worstInterval().low()).isZero();
      assertThat(expected.get(1).candidates().get(1).worstInterval().low()).isPositive();
    }
  }

  private static TournamentAggregate ofFactors(boolean byPrompt) {
    NGrid grid = NGrid.of(4, 8);
    List<String> models = List.of("a", "b");
    return byPrompt
        ? TournamentAggregate.overPrompts(models, grid)
        : TournamentAggregate.overIndependentRows(models, grid);
  }

  /**
   * c hits a and b on the same 30 rows and both hit c on 40 others; a alone is hit on a few more.
   * Rows on which both are hit say nothing: the sign test is that of the few to none, at 0.05 / 4.
   */
  @Test
  void ruledOut_rowsOnWhichBothAreHit_sayNothing() {
    assertThat(shared(6)).containsExactly("a", "b", "c");
    assertThat(shared(7)).containsExactly("b", "c");
  }

  private static List<String> shared(int more) {
    TournamentAggregate aggregate =
        TournamentAggregate.overIndependentRows(List.of("a", "b", "c"), NGrid.of(4));
    add(aggregate, 1, 30, new double[] {-9, -9, -1});
    add(aggregate, 2, 40, new double[] {-1, -1, -9});
    add(aggregate, 3, more, new double[] {-9, -1, -1});
    return result(aggregate, PromptSizes.independent(70 + more), 0.05).confidenceSet();
  }

  @Test
  void crossEntropy_isTheMeanInNats() {
    TournamentAggregate aggregate = clustered(4);
    TournamentAggregate other = clustered(4);
    aggregate.add(1, new double[] {-1, -2});
    aggregate.add(2, new double[] {-2, -3});
    other.add(3, new double[] {-6, -1});
    aggregate.merge(other);
    TournamentResult result = result(aggregate, PromptSizes.independent(3), 0.05);
    assertThat(result.candidates()).extracting(Candidate::crossEntropy).containsExactly(3.0, 2.0);
    other.add(4, new double[] {Double.NEGATIVE_INFINITY, -1});
    aggregate.merge(other);
    assertThat(result(aggregate, PromptSizes.independent(5), 0.05).candidates())
        .extracting(Candidate::crossEntropy)
        .containsExactly(Double.POSITIVE_INFINITY, 8 / 5.0);
  }
}
