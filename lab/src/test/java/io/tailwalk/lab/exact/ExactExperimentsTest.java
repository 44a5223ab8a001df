package io.tailwalk.lab.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.core.random.Streams;
import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Measured;
import io.tailwalk.lab.Scale;
import io.tailwalk.lab.Verdict;
import io.tailwalk.runs.work.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The distributions that are computed, the estimators, and verdicts both ways. */
class ExactExperimentsTest {
  private static final ExperimentSettings QUICK = new ExperimentSettings(Scale.QUICK, 1, 1);

  @ParameterizedTest
  @CsvSource({"4, 0.148", "6, 0.183", "10, 0.233", "20, 0.344"})
  void abc_actionLevelDistance_isThatOfTheIssue(int length, double expected) {
    assertThat(AbcCases.of(length, 0.5).actionDistance()).isCloseTo(expected, within(0.0006));
  }

  @Test
  void delay_distributions_sumToOneAndRegretTendsToItsConstant() {
    for (KnownCase known : List.of(DelayCases.share(7), DelayCases.tilted(7))) {
      assertThat(sum(known.target())).isCloseTo(1, within(1e-12));
      assertThat(sum(known.actionLevel())).isCloseTo(1, within(1e-12));
    }
    double fair = Math.E / (1 + Math.E) - 0.5;
    assertThat(DelayCases.tilted(50).actionRegret()).isCloseTo(fair * 49 / 50, within(1e-9));
  }

  private static double sum(double[] distribution) {
    double sum = 0;
    for (double p : distribution) {
      sum += p;
    }
    return sum;
  }

  private static CellDistributions drawn(double[] distribution, double[] target, int draws) {
    RandomGenerator random = Streams.of(5, draws);
    List<double[]> runs = new ArrayList<>();
    for (int run = 0; run < 20; run++) {
      double[] shares = new double[distribution.length];
      for (int i = 0; i < draws; i++) {
        double at = random.nextDouble();
        int cell = 0;
        while (cell < distribution.length - 1 && at >= distribution[cell]) {
          at -= distribution[cell++];
        }
        shares[cell] += 1.0 / draws;
      }
      runs.add(shares);
    }
    return new CellDistributions(target, runs);
  }

  @Test
  void totalVariation_sameDistribution_isZeroWithoutUpwardBias() {
    double[] distribution = Binomial.distribution(9, 0.5);
    // Distance between shares themselves would be about 0.1 here, at 60 draws a run.
    Measured measured = drawn(distribution, distribution, 60).totalVariation();
    assertThat(measured.agreesWith(0)).isTrue();
    assertThat(measured.value()).isLessThan(0.03);
  }

  @Test
  void totalVariation_sameDistribution_standardErrorIsNotTooSmall() {
    double[] distribution = Binomial.distribution(9, 0.5);
    double squares = 0;
    double claimed = 0;
    for (int i = 0; i < 400; i++) {
      Measured measured = drawn(distribution, distribution, 60 + i).totalVariation();
      squares += measured.value() * measured.value();
      claimed += measured.standardError() * measured.standardError();
    }
    // Halves taken for independent would claim 0.6 to 0.7 of the variance that there is.
    assertThat(squares / claimed).isLessThan(1);
  }

  @Test
  void totalVariation_otherDistribution_isFound() {
    double[] target = Binomial.distribution(9, 0.5);
    double[] distribution = Binomial.distribution(9, 0.6);
    Measured measured = drawn(distribution, target, 1000).totalVariation();
    assertThat(measured.agreesWith(Binomial.totalVariation(distribution, target))).isTrue();
    assertThat(measured.agreesWith(0)).isFalse();
  }

  @Test
  void klFromTarget_isCorrectedForTheNumberOfDraws() {
    double[] target = Binomial.distribution(5, 0.5);
    double[] distribution = Binomial.distribution(5, 0.55);
    double exact = 0;
    for (int i = 0; i < distribution.length; i++) {
      exact += distribution[i] * Math.log(distribution[i] / target[i]);
    }
    assertThat(drawn(distribution, target, 500).klFromTarget()).isCloseTo(exact, within(0.006));
    assertThat(drawn(target, target, 500).klFromTarget()).isCloseTo(0, within(0.001));
  }

  @Test
  void study_ofShortAbc_holds_andFailsWhereAnotherDistributionIsExpected() {
    KnownCase known = AbcCases.of(4, 0.5);
    List<KnownResult> results = study(known);
    assertThat(KnownVerdict.of(results).holds()).isTrue();
    var wrong =
        new KnownCase(
            known.name(),
            known.problem(),
            known.cellOf(),
            known.target(),
            known.target(),
            known.reward());
    Verdict verdict = KnownVerdict.of(study(wrong));
    assertThat(verdict.holds()).isFalse();
    assertThat(verdict.summary())
        .anyMatch(line -> line.startsWith("fails in H=4: total variation"));
  }

  private static List<KnownResult> study(KnownCase known) {
    var study = new KnownStudy(List.of(known), 40, _ -> 1500, 1);
    return study.run(QUICK, Watch.NONE, study.pieces());
  }

  @Test
  void knownVerdict_standardErrorTooLarge_fails() {
    KnownResult good = study(AbcCases.of(4, 0.5)).getFirst();
    var vague =
        new KnownResult(
            good.known(), good.entrant(), new Measured(0.148, 0.05), good.regret(), 1, 1, 4);
    assertThat(KnownVerdict.of(List.of(good)).holds()).isTrue();
    assertThat(KnownVerdict.of(List.of(vague)).holds()).isFalse();
  }

  @Test
  void delayVerdict_regretBelowTheConstant_fails() {
    var experiment = new DelayExperiment(QUICK);
    List<KnownResult> tilted = study(DelayCases.tilted(6));
    List<KnownResult> share = study(DelayCases.share(6));
    List<KnownResult> all = new ArrayList<>(share);
    all.addAll(tilted);
    assertThat(experiment.finding(all).summary()).noneMatch(line -> line.contains("fails"));
    assertThat(experiment.finding(all).holds()).isTrue();
    assertThat(experiment.finding(share).holds()).isFalse();
  }

  private static LearnedCell cell(int length, int rollouts, double action, double vgb) {
    var cell = LearnedCell.of(length, rollouts, 2);
    for (int value = 0; value < 2; value++) {
      cell.put(Entrant.ACTION_LEVEL, value, action, 1);
      cell.put(Entrant.VGB, value, vgb, 0.1);
    }
    return cell;
  }

  @Test
  void learnedVerdict_holdsOnlyWhileNearerAndInOrder() {
    LearnedCell best = cell(6, 5000, 0.01, 0);
    LearnedCell few = cell(6, 1000, 0.05, 0);
    LearnedCell longer = cell(10, 5000, 0.09, 0);
    assertThat(LearnedVerdict.of(List.of(few, best, longer, cell(10, 1000, 0.3, 0))).holds())
        .isTrue();
    assertThat(LearnedVerdict.of(List.of(few, best, cell(10, 5000, 0.09, 0.09))).holds()).isFalse();
    assertThat(LearnedVerdict.of(List.of(few, best, longer, cell(10, 1000, 0.3, 0.4))).holds())
        .isFalse();
    assertThat(LearnedVerdict.of(List.of(few, best, longer, cell(10, 1000, 0.08, 0))).holds())
        .isFalse();
    assertThat(LearnedVerdict.of(List.of(few, cell(6, 5000, 0.1, 0), longer)).holds()).isFalse();
  }

  /** One value in four that learned hardly anything decides a mean, but not the verdict. */
  @Test
  void learnedVerdict_oneHeavyValue_isNoFailureAndChanceIsNoSuccess() {
    LearnedCell few = cell(6, 500, 0.05, 0.06, 0.07, 0.05);
    LearnedCell many = cell(6, 5000, 0.008, 0.012, 0.3, 0.01);
    assertThat(many.mean(Entrant.ACTION_LEVEL)).isGreaterThan(few.mean(Entrant.ACTION_LEVEL));
    assertThat(LearnedVerdict.of(List.of(few, cell(6, 5000, 0.008, 0.012, 0.03, 0.01))).holds())
        .isTrue();
    assertThat(LearnedVerdict.of(List.of(few, cell(6, 5000, 0.04, 0.07, 0.03, 0.06))).holds())
        .isFalse();
  }

  private static LearnedCell cell(
      int length, int rollouts, double one, double two, double three, double four) {
    var cell = LearnedCell.of(length, rollouts, 4);
    double[] all = {one, two, three, four};
    for (int value = 0; value < all.length; value++) {
      cell.put(Entrant.ACTION_LEVEL, value, all[value], 1);
      cell.put(Entrant.VGB, value, 1e-6, 0.1);
    }
    return cell;
  }

  @Test
  void learnedStudy_anyNumberOfThreads_givesTheSameNumbers() {
    var study = new LearnedStudy(List.of(4), List.of(300), 1, 4000);
    double one = study.run(QUICK, Watch.NONE, 0, 1).getFirst().mean("smc");
    var two = new ExperimentSettings(Scale.QUICK, 1, 2);
    assertThat(study.run(two, Watch.NONE, 0, 1).getFirst().mean("smc")).isEqualTo(one);
  }
}
