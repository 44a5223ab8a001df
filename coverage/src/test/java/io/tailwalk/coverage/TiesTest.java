package io.tailwalk.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.coverage.profile.CoverageBounds;
import io.tailwalk.coverage.profile.ProfileAggregate;
import io.tailwalk.coverage.profile.ProfilePoint;
import io.tailwalk.coverage.stats.PromptSizes;
import io.tailwalk.coverage.tournament.OffsetTournament;
import io.tailwalk.coverage.tournament.Race;
import io.tailwalk.coverage.tournament.RaceOptions;
import io.tailwalk.coverage.tournament.TournamentAggregate;
import io.tailwalk.coverage.tournament.TournamentResult;
import io.tailwalk.coverage.turn.TurnAggregate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Responses that one model gives exactly N times the probability of the other: with logarithms
 * rounded, half of the differences are below log N and half are not. All are ties and count.
 */
class TiesTest {
  private static final int ROWS = 60;

  /** Pairs {@code (log p, log p/N)} whose difference is below {@code log N} by rounding. */
  private static List<double[]> ties(double n, boolean shortOf) {
    SplittableRandom random = new SplittableRandom(8);
    List<double[]> ties = new ArrayList<>();
    while (ties.size() < ROWS) {
      double[] pair = pair(n, random.nextDouble(0.01, 0.9));
      if ((pair[0] - pair[1] < Math.log(n)) == shortOf) {
        ties.add(pair);
      }
    }
    return ties;
  }

  private static double[] pair(double n, double p) {
    return new double[] {Math.log(p), Math.log(p / n)};
  }

  private static List<double[]> both(double n) {
    List<double[]> both = new ArrayList<>(ties(n, true));
    both.addAll(ties(n, false));
    return both;
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 3, 8})
  void ties_countInEveryComparison(double n) {
    assertThat(Math.log(0.3) - Math.log(0.1)).isLessThan(Math.log(3));
    assertThat(LogRatio.reaches(Math.log(0.3), Math.log(0.1), Math.log(3))).isTrue();
    for (boolean shortOf : new boolean[] {true, false}) {
      List<double[]> rows = ties(n, shortOf);
      assertThat(rows).allMatch(row -> LogRatio.reaches(row[0], row[1], Math.log(n)));
      assertThat(profile(rows, n)).isOne();
      assertThat(tournament(rows, n, false)).isOne();
      assertThat(tournament(rows, n, true)).isOne();
      assertThat(offset(rows, n)).isOne();
      assertThat(raceIsDecided(rows, n)).isTrue();
      assertThat(turns(rows, n)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 3, 8})
  void whatFallsShortByMoreThanRounding_doesNotCount(double n) {
    List<double[]> rows =
        both(n).stream().map(row -> new double[] {row[0], row[1] + 1e-6}).toList();
    assertThat(profile(rows, n)).isZero();
    assertThat(tournament(rows, n, false)).isZero();
    assertThat(raceIsDecided(rows, n)).isFalse();
    assertThat(turns(rows, n)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.125})
  void offset_whereNIsExactlyEightGammaSquared_isGuaranteed(double a) {
    // N = 8 gamma^2 = 8 N^(2a): N = 64 at a = 1/4, N = 16 at a = 1/8.
    double n = Math.pow(8, 1 / (1 - 2 * a));
    NGrid grid = NGrid.of(n);
    OffsetTournament offset = new OffsetTournament(List.of("a", "b"), grid);
    TournamentAggregate heldOut = TournamentAggregate.overIndependentRows(List.of("a", "b"), grid);
    heldOut.add(0, new double[] {-1, -1});
    offset.add(0, new double[] {-1, -1});
    offset.add(1, new double[] {-1, -1});
    TournamentResult plain =
        heldOut.results(PromptSizes.independent(1), Confidence.standard()).getFirst();
    assertThat(offset.choose(0, plain, a).guaranteed()).isTrue();
    assertThat(offset.choose(0, plain, a + 1e-6).guaranteed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.1, 3, 7.7})
  void necessaryLoss_readsAtTwiceN(double n) {
    List<ProfilePoint> points = points(ties(2 * n, true), 2 * n);
    assertThat(CoverageBounds.necessaryLoss(n, points)).contains(0.5);
  }

  private static double profile(List<double[]> rows, double n) {
    return points(rows, n).getFirst().coverage();
  }

  private static List<ProfilePoint> points(List<double[]> rows, double n) {
    ProfileAggregate aggregate = ProfileAggregate.withReference(List.of("q"), NGrid.of(n));
    for (int i = 0; i < rows.size(); i++) {
      aggregate.add(i, rows.get(i)[0], new double[] {rows.get(i)[1]}, new long[] {1});
    }
    return aggregate
        .profiles(PromptSizes.independent(rows.size()), Confidence.standard())
        .getFirst()
        .points();
  }

  /** {@code C(p||q)}. */
  private static double tournament(List<double[]> rows, double n, boolean clustered) {
    List<String> models = List.of("p", "q");
    TournamentAggregate aggregate =
        clustered
            ? TournamentAggregate.overPrompts(models, NGrid.of(n))
            : TournamentAggregate.overIndependentRows(models, NGrid.of(n));
    for (int i = 0; i < rows.size(); i++) {
      aggregate.add(i, rows.get(i));
    }
    return aggregate
        .results(PromptSizes.independent(rows.size()), Confidence.standard())
        .getFirst()
        .matrix()
        .get(1)
        .getFirst();
  }

  /** Share of q's generations that count against it. */
  private static double offset(List<double[]> rows, double n) {
    List<String> models = List.of("p", "q");
    OffsetTournament offset = new OffsetTournament(models, NGrid.of(n));
    TournamentAggregate heldOut = TournamentAggregate.overIndependentRows(models, NGrid.of(n));
    heldOut.add(0, new double[] {-1, -1});
    offset.add(0, new double[] {-1, -1});
    rows.forEach(row -> offset.add(1, row));
    TournamentResult plain =
        heldOut.results(PromptSizes.independent(1), Confidence.standard()).getFirst();
    return -offset.choose(0, plain, 0).scores().getLast() / 2;
  }

  private static boolean raceIsDecided(List<double[]> rows, double n) {
    Race race = new Race(List.of("p", "q"), new RaceOptions(n, 0.05, 0, 1));
    for (int i = 0; i < rows.size() && !race.status().isOver(); i++) {
      race.add(rows.get(i));
    }
    return race.status().isOver() && race.status().leader().equals("p");
  }

  /** A second checkpoint that ties with the first on every other row and is better on the rest. */
  private static boolean turns(List<double[]> rows, double n) {
    TurnAggregate aggregate = new TurnAggregate(2, n, true);
    for (int i = 0; i < rows.size(); i++) {
      double[] row = rows.get(i);
      double better = 0.9 * Math.log(n) + 0.01 * (i % 7);
      aggregate.add(i, Double.NaN, i % 4 == 0 ? row : new double[] {-4, -4 + better});
    }
    return aggregate.first(0.05).isPresent();
  }
}
