package io.tailwalk.lab.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.lab.Scale;
import io.tailwalk.lab.Verdict;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.train.linear.DistributionPair;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BoundExperimentTest {
  private static double[] logs(double... masses) {
    double[] logs = masses.clone();
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Math.log(logs[i]);
    }
    return logs;
  }

  /** pi = (.8, .2), q = (.5, .5); another prompt of the same weight where they agree. */
  private static Distributions twoPrompts() {
    return new Distributions(
        new DistributionPair(
            List.of(
                new DistributionPair.Prompt(0.5, logs(0.2, 0.8), logs(0.5, 0.5)),
                new DistributionPair.Prompt(0.5, logs(0.3, 0.7), logs(0.3, 0.7)))));
  }

  @Test
  void distributions_twoPrompts_byHand() {
    Distributions distributions = twoPrompts();
    double overlap = Math.sqrt(0.1) + Math.sqrt(0.4);
    assertThat(distributions.hellinger()).isCloseTo(0.5 * (1 - overlap), within(1e-14));
    // One draw: paying the second response of prompt 0 wins 0.8 against 0.5; prompt 1 ties.
    assertThat(distributions.worstReward(1).gap()).isCloseTo(0.5 * 0.3, within(1e-14));
    assertThat(distributions.worstReward(2).gap()).isCloseTo(0.5 * 0.05, within(1e-14));
    assertThat(distributions.worstReward(3).gap()).isCloseTo(0, within(1e-14));
    Distributions.Outcome paid = distributions.rewardAbove(1.5, 2);
    assertThat(paid.pi()).isCloseTo(0.4, within(1e-14));
    assertThat(paid.bestOfN()).isCloseTo(0.5 * 0.75, within(1e-14));
  }

  /** Cov_M is 0 from M = 1.6 on, where exp(-N/M) is least: grid points 2^(6/8) = 1.68 ... */
  @Test
  void simulationLoss_twoPrompts_takesTheBestM() {
    double m = Math.pow(2, 6 / 8.0);
    assertThat(Checks.simulationLoss(twoPrompts().pair(), 8))
        .isCloseTo(Math.exp(-8 / m), within(1e-14));
  }

  @Test
  void tally_eachKind_countsWhatSaysSomething() {
    var tally = new Tally();
    tally.check(Bound.KL, 0.2, 0.4, "a");
    tally.check(Bound.KL, 0.2, 1.4, "b");
    tally.check(Bound.KL, 0, 0.4, "c");
    tally.check(Bound.NECESSARY, 0.1, 1, "d");
    tally.check(Bound.NECESSARY, -0.1, 0, "e");
    var all = new Tally();
    all.add(tally);
    all.add(tally);
    assertThat(all.count(Bound.KL).ratios()).containsExactly(0.5, 0.5);
    assertThat(all.count(Bound.KL).checks()).isEqualTo(6);
    assertThat(all.count(Bound.KL).worst()).isCloseTo(-0.2, within(1e-15));
    assertThat(all.count(Bound.NECESSARY).ratios()).containsExactly(0.1, 0.1);
    assertThat(all.count(Bound.NECESSARY).violations()).isZero();
  }

  private static Tally tally(int telling, double left) {
    var tally = new Tally();
    for (Bound bound : Bound.values()) {
      for (int i = 0; i < telling; i++) {
        tally.check(bound, left, 0.5, "case " + i);
      }
    }
    return tally;
  }

  @Test
  void verdict_eachCondition_failsByItself() {
    Tally good = tally(BoundVerdict.LEAST_TELLING, 0.25);
    Tally tight = tally(1, 0.499);
    assertThat(BoundVerdict.of(good, tight).holds()).isTrue();
    assertThat(BoundVerdict.of(good, tally(1, 0.49)).summary())
        .singleElement()
        .asString()
        .contains("tight family");
    assertThat(BoundVerdict.of(tally(99, 0.25), tight).holds()).isFalse();
    good.check(Bound.CHAIN, 0.5 + 1e-9, 0.5, "the odd one");
    Verdict broken = BoundVerdict.of(good, tight);
    assertThat(broken.holds()).isFalse();
    assertThat(broken.summary()).singleElement().asString().contains("chain rule", "the odd one");
    good.check(Bound.KL, Double.NaN, 0.5, "no number");
    assertThat(BoundVerdict.of(good, tight).summary()).hasSize(2);
  }

  /**
   * The checks see a distribution that is not what it says: a near model, its masses divided by 4.
   */
  @Test
  void checks_distributionOfTheWrongMass_areBroken() {
    RandomCase honest =
        IntStream.range(0, 200)
            .mapToObj(number -> RandomCase.draw(1, number))
            .filter(near -> near.pair().kl() < 0.01)
            .findFirst()
            .orElseThrow();
    assertThat(Checks.of(honest).count(Bound.STOPPED).violations()).isZero();
    List<DistributionPair.Prompt> quartered =
        honest.pair().prompts().stream()
            .map(prompt ->
                new DistributionPair.Prompt(
                    prompt.weight(),
                    prompt.logP(),
                    Arrays.stream(prompt.logQ()).map(logQ -> logQ - Math.log(4)).toArray()))
            .toList();
    var forged =
        new RandomCase(
            "forged",
            new DistributionPair(quartered),
            honest.targetAgainstModel(),
            honest.targetAgainstData(),
            honest.steps());
    assertThat(Checks.of(forged).count(Bound.STOPPED).violations()).isPositive();
  }

  @Test
  void run_fewAtOneAndTwoThreads_sameJsonAndNothingBroken() {
    Finding one = run(1);
    assertThat(one.json()).hasToString(run(2).json().toString());
    assertThat(one.sections()).hasSize(3);
    for (JsonNode bound : one.figures().get("random_problems")) {
      assertThat(bound.get("checks").intValue()).isPositive();
      assertThat(bound.get("violations").intValue()).isZero();
    }
  }

  private static Finding run(int threads) {
    return new BoundExperiment(new ExperimentSettings(Scale.QUICK, 7, threads), 100)
        .run(Watch.NONE);
  }
}
