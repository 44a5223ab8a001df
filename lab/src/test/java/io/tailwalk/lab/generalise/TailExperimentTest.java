package io.tailwalk.lab.generalise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailwalk.lab.ExperimentSettings;
import io.tailwalk.lab.Finding;
import io.tailwalk.lab.Scale;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.train.linear.Constructions;
import io.tailwalk.train.linear.ExactCoverage;
import io.tailwalk.train.linear.LinearProblem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TailExperimentTest {
  private static final double[] LEVELS = {2, 16};

  /** One pair, H = 2: half the time the prompt is unseen; else two, one or no ones. */
  @Test
  void rarePrompt_onePair_isTheSumOverAllDataSets() {
    LinearProblem problem = Constructions.rarePrompt(1, 2, 1);
    double one = Math.exp(1) / (Math.exp(1) + Math.exp(-1));
    double[] mass = {
      0.25 + 0.5 * one * one, 0.5 * 2 * one * (1 - one), 0.25 + 0.5 * (1 - one) * (1 - one)
    };
    double[] theta = {1, 0, -1};
    double kl = 0;
    double above = 0;
    double coverage = 0;
    for (int i = 0; i < 3; i++) {
      double[] at = {theta[i]};
      kl += mass[i] * problem.kl(at);
      above += problem.kl(at) >= 0.5 ? mass[i] : 0;
      coverage += mass[i] * new ExactCoverage(problem).coverage(at, 2);
    }
    RarePrompt row = RarePrompt.of(2, 1, LEVELS);
    assertThat(row.kl()).isCloseTo(kl, within(1e-12));
    assertThat(row.klAbove()).isCloseTo(above, within(1e-12));
    assertThat(row.coverage()[0]).isCloseTo(coverage, within(1e-12));
  }

  /** What 1024 samples leave unseen, by length: about in proportion to 1/L. */
  @Test
  void lengths_unseenMass_isInProportionToOneOverLength() {
    LinearProblem problem = Lengths.problem(3);
    double[] unseen = new double[65];
    for (int prompt = 0; prompt < problem.features().prompts(); prompt++) {
      double weight = problem.promptWeight(prompt);
      unseen[problem.features().length(prompt)] += weight * Math.pow(1 - weight, 1024);
    }
    assertThat(unseen[2] / unseen[16]).isBetween(6.0, 11.0);
    assertThat(unseen[1] / unseen[2]).isBetween(1.8, 2.2);
  }

  private static RarePrompt rare(int horizon, double kl, double above, double coverage) {
    return new RarePrompt(horizon, 64, kl, above, new double[] {coverage, coverage / 2});
  }

  private static List<FitRow> fits(double kl, double power) {
    List<FitRow> fits = new ArrayList<>();
    for (int n : new int[] {100, 200, 400, 800, 1600}) {
      double near = 12.0 / n;
      double far = near * Math.pow(4, power);
      fits.add(new FitRow(n, kl / n, 0, new double[] {near, far}, new double[] {0, 0}));
    }
    return fits;
  }

  private static List<String> failures(RarePrompt longest, List<FitRow> fits) {
    var verdict =
        TailVerdict.of(LEVELS, new RarePrompt[] {rare(16, 0.1, 0.3, 0.002), longest}, fits);
    List<String> failures =
        verdict.summary().stream().filter(line -> line.startsWith("fails")).toList();
    assertThat(verdict.holds()).isEqualTo(failures.isEmpty());
    return failures;
  }

  @Test
  void verdict_eachCondition_failsByItself() {
    RarePrompt longest = rare(160, 1, 0.3, 0.002);
    assertThat(failures(longest, fits(30, -1))).isEmpty();
    assertThat(failures(rare(160, 1, 0.2, 0.002), fits(30, -1)))
        .singleElement()
        .asString()
        .contains("with probability 0.200");
    assertThat(failures(rare(160, 0.5, 0.3, 0.002), fits(30, -1)))
        .singleElement()
        .asString()
        .contains("H^0.70");
    assertThat(failures(rare(160, 1, 0.3, 0.004), fits(30, -1)))
        .singleElement()
        .asString()
        .contains("a factor of 2.00");
    assertThat(failures(longest, fits(30, -0.6)))
        .singleElement()
        .asString()
        .contains("(log N)^-0.60");
    assertThat(failures(longest, fits(20, -1))).singleElement().asString().contains("KL <= 0.03");
    assertThat(failures(longest, fits(30, -0.4))).hasSize(2);
  }

  @Test
  void run_fewAtOneAndTwoThreads_sameJson() {
    Finding one = run(1);
    assertThat(one.json()).hasToString(run(2).json().toString());
    assertThat(one.sections()).hasSize(4);
    assertThat(one.figures().get("sample_sizes").size()).isEqualTo(2);
    double few = one.figures().get("sample_sizes").get(0).get("kl").doubleValue();
    double more = one.figures().get("sample_sizes").get(1).get("kl").doubleValue();
    assertThat(more).isPositive().isLessThan(few);
  }

  private static Finding run(int threads) {
    return new TailExperiment(new ExperimentSettings(Scale.QUICK, 5, threads), List.of(64, 512), 3)
        .run(Watch.NONE);
  }
}
