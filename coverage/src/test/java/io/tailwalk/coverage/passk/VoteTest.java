package io.tailwalk.coverage.passk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.coverage.CoverageException;
import io.tailwalk.coverage.passk.PromptVotes.Ballot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class VoteTest {
  /** The definition: every subset, every tied answer. */
  private static double plain(List<Ballot> ballots, int k, ToDoubleFunction<Ballot> weight) {
    double sum = 0;
    int subsets = 0;
    for (int set = 0; set < 1 << ballots.size(); set++) {
      if (Integer.bitCount(set) != k) {
        continue;
      }
      Map<String, Double> votes = new HashMap<>();
      for (int i = 0; i < ballots.size(); i++) {
        if ((set >> i & 1) == 1) {
          votes.merge(ballots.get(i).answer(), weight.applyAsDouble(ballots.get(i)), Double::sum);
        }
      }
      double most = votes.values().stream().mapToDouble(v -> v).max().orElseThrow();
      sum +=
          votes.entrySet().stream()
              .filter(vote -> vote.getValue() > most - 1e-9)
              .mapToDouble(vote ->
                  ballots.stream()
                      .filter(ballot -> ballot.answer().equals(vote.getKey()))
                      .mapToDouble(ballot -> ballot.correct() ? 1 : 0)
                      .average()
                      .orElseThrow())
              .average()
              .orElseThrow();
      subsets++;
    }
    return sum / subsets;
  }

  private static List<Ballot> ballots(Random random, int n, int answers) {
    List<Ballot> ballots = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int answer = random.nextInt(answers);
      ballots.add(new Ballot("a" + answer, answer == 0, random.nextInt(4) / 2.0));
    }
    return ballots;
  }

  @Test
  void exactVotes_areTheMeanOverAllSubsets() {
    Random random = new Random(1);
    for (int trial = 0; trial < 40; trial++) {
      List<Ballot> ballots = ballots(random, 1 + random.nextInt(10), 1 + random.nextInt(5));
      Vote vote = new Vote(ballots);
      for (int k = 1; k <= ballots.size(); k++) {
        assertThat(vote.majority(k, 0).value())
            .as("%s, k %d", ballots, k)
            .isCloseTo(plain(ballots, k, _ -> 1), within(1e-12));
        assertThat(vote.weighted(k, 0).value())
            .as("%s, k %d", ballots, k)
            .isCloseTo(plain(ballots, k, Ballot::weight), within(1e-12));
        assertThat(vote.majority(k, 0).variance()).isZero();
      }
    }
  }

  /** Two of three right: of the three pairs one is right, two are tied. */
  @Test
  void knownCase() {
    Vote vote =
        new Vote(
            List.of(new Ballot("4", true, 1), new Ballot("4", true, 1), new Ballot("5", false, 3)));
    assertThat(vote.majority(1, 0).value()).isCloseTo(2.0 / 3, within(1e-15));
    assertThat(vote.majority(2, 0).value()).isCloseTo(2.0 / 3, within(1e-15));
    assertThat(vote.majority(3, 0).value()).isEqualTo(1);
    assertThat(vote.weighted(2, 0).value()).isCloseTo(1.0 / 3, within(1e-15));
    assertThat(vote.weighted(3, 0).value()).isZero();
    assertThatThrownBy(() -> vote.majority(4, 0)).isInstanceOf(CoverageException.class);
    assertThatThrownBy(() -> new Ballot("4", true, -1)).isInstanceOf(CoverageException.class);
  }

  /** Where all weights are 1 the exact count is the answer of random subsets too. */
  @Test
  void randomSubsets_agreeWithTheExactValue_withinTheirError() {
    List<Ballot> ballots = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ballots.add(new Ballot("a" + i % 3, i % 3 == 0, 1));
    }
    Vote vote = new Vote(ballots);
    for (int k : new int[] {5, 20, 35}) {
      Vote.Estimate sampled = vote.weighted(k, 7);
      assertThat(sampled.variance()).isPositive();
      assertThat(sampled.value())
          .isCloseTo(vote.majority(k, 0).value(), within(5 * Math.sqrt(sampled.variance())));
      assertThat(vote.weighted(k, 7)).isEqualTo(sampled);
    }
  }

  @Test
  void curves_averageOverPrompts() {
    VoteCurves curves =
        new VoteCurves(
            List.of(
                new PromptVotes("p", List.of(new Ballot("4", true, 1), new Ballot("5", false, 0))),
                new PromptVotes("q", List.of(new Ballot("4", true, 1), new Ballot("4", true, 1)))));
    assertThat(curves.fewestSamples()).isEqualTo(2);
    VotePoint point = curves.majority(List.of(2L), 0.05, 0).getFirst();
    assertThat(point.value()).isEqualTo(0.75);
    assertThat(point.standardError()).isEmpty();
    assertThat(point.interval().contains(0.75)).isTrue();
    assertThat(curves.weighted(List.of(2L), 0.05, 0).getFirst().value()).isEqualTo(1);
  }

  @Test
  void differences_areThoseOfTheCurves() {
    Random random = new Random(11);
    List<PromptVotes> one = new ArrayList<>();
    List<PromptVotes> other = new ArrayList<>();
    for (int p = 0; p < 30; p++) {
      one.add(new PromptVotes("p" + p, ballots(random, 6, 2)));
      other.add(new PromptVotes("p" + p, ballots(random, 5, 3)));
    }
    VoteCurves first = new VoteCurves(one);
    VoteCurves second = new VoteCurves(other);
    List<Long> ks = List.of(1L, 3L);
    List<PairedPoint.Contrast> majority = first.majorityMinus(second, ks, 0.05, 0);
    List<PairedPoint.Contrast> weighted = first.weightedMinus(second, ks, 0.05, 0);
    for (int i = 0; i < 2; i++) {
      double expected =
          first.majority(ks, 0.05, 0).get(i).value() - second.majority(ks, 0.05, 0).get(i).value();
      PairedPoint point = majority.get(i).point();
      assertThat(point.difference()).isCloseTo(expected, within(1e-12));
      assertThat(point.interval().contains(expected)).isTrue();
      assertThat(point.better() + point.worse()).isLessThanOrEqualTo(30);
      assertThat(weighted.get(i).point().difference())
          .isCloseTo(
              first.weighted(ks, 0.05, 0).get(i).value()
                  - second.weighted(ks, 0.05, 0).get(i).value(),
              within(1e-12));
    }
    assertThatThrownBy(() -> first.majorityMinus(new VoteCurves(other.subList(1, 30)), ks, 0.05, 0))
        .isInstanceOf(CoverageException.class);
  }

  @Test
  void manySamples_areDrawnAtRandom_withAnError() {
    List<Ballot> ballots = ballots(new Random(3), 400, 2);
    VoteCurves curves = new VoteCurves(List.of(new PromptVotes("p", ballots)));
    VotePoint point = curves.majority(List.of(200L), 0.05, 0).getFirst();
    assertThat(point.standardError().orElseThrow()).isBetween(1e-5, 0.006);
    assertThat(curves.majority(List.of(400L), 0.05, 0).getFirst().standardError()).isEmpty();
  }
}
