package io.tailwalk.coverage.paired;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.passk.PairedPoint;
import io.tailwalk.coverage.passk.PairedPower;
import io.tailwalk.coverage.passk.PromptSamples;
import io.tailwalk.coverage.passk.RunCurves;
import io.tailwalk.coverage.stats.RatioEstimate;
import io.tailwalk.statistics.Gaffke;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PowerTest {
  private static final double Z = 1.959963984540054;
  private static final double Z_POWER = 0.8416212335729143;
  private static final int STUDIES = 1500;
  private static final int PROMPTS = 100;
  private static final double GAIN = 0.08;

  private static Interval around(double d, double half) {
    return Interval.asymptotic(d - half, d + half);
  }

  /** 100 (1.95996 + 0.84162)^2 = 784.89. */
  @Test
  void prompts_withTheNormalInterval_isTheTextbookNumber() {
    Needed further = new Needed.Further(685);
    assertThat(Power.prompts(1, around(1, Z), 1, 100, 0.05)).isEqualTo(further);
    assertThat(Power.prompts(-1, around(-1, Z), 1, 100, 0.05)).isEqualTo(further);
    assertThat(Power.prompts(1, Interval.LINE, 1, 100, 0.05)).isEqualTo(further);
  }

  /** 0.5 r^2 + 2.80159 r = 1 has r = 0.336707, and 100 / r^2 = 882.06. */
  @Test
  void prompts_withAWiderInterval_needsMore() {
    assertThat(Power.prompts(1, around(1, Z + 0.5), 1, 100, 0.05))
        .isEqualTo(new Needed.Further(783));
    // All prompts alike: the interval alone narrows, as 1/n.
    assertThat(Power.prompts(0.1, around(0.1, 0.3), 0, 10, 0.05)).isEqualTo(new Needed.Further(20));
  }

  @Test
  void bothNumbers_ofSettledAndUnknownDifferences_sayWhich() {
    Interval settled = Interval.asymptotic(0.1, 0.9);
    assertThat(Power.prompts(0.5, settled, 0.1, 50, 0.05)).isEqualTo(Needed.settled());
    assertThat(Power.samples(0.5, settled, 0.1, a -> 0.001, 0, 0.05)).isEqualTo(Needed.settled());
    Needed unknown = new Needed.Unknown();
    assertThat(Power.prompts(0, around(0, 1), 1, 100, 0.05)).isEqualTo(unknown);
    assertThat(Power.prompts(Double.NaN, Interval.LINE, 1, 100, 0.05)).isEqualTo(unknown);
    assertThat(Power.prompts(1, around(1, 2), Double.NaN, 1, 0.05)).isEqualTo(unknown);
    assertThat(Power.samples(0, around(0, 1), 1, a -> 0.5 / (1 + a), 0, 0.05)).isEqualTo(unknown);
    assertThat(Power.samples(1, around(1, 2), 1, a -> Double.NaN, 0, 0.05)).isEqualTo(unknown);
  }

  /** Nothing between: 2.80159^2 W(a) at most 1 with W = 10 / (10 + a) needs a = 68.49. */
  @Test
  void samples_withoutVarianceBetweenPrompts_areTheTextbookNumber() {
    assertThat(Power.samples(1, around(1, Z), 1, a -> 10.0 / (10 + a), 0, 0.05))
        .isEqualTo(new Needed.Further(69));
  }

  @Test
  void samples_whereVarianceBetweenPromptsIsTooLarge_areOutOfReach() {
    // The part between prompts alone takes 1 / Z when it is all the room there is.
    double error = Math.sqrt(1 / (Z * Z) + 0.005) + 1e-6;
    assertThat(Power.samples(1, around(1, Z * error), error, a -> 0.005 / (1 + a), 0, 0.05).words())
        .isEqualTo("not reachable by more samples alone");
    double less = error - 2e-6;
    assertThat(Power.samples(1, around(1, Z * less), less, a -> 0.005 / (1 + a), 0, 0.05))
        .isInstanceOf(Needed.Further.class);
  }

  private static double[] pilot(int better, int worse, int same) {
    double[] values = new double[better + worse + same];
    Arrays.fill(values, 0, better, 1);
    Arrays.fill(values, better, better + worse, -1);
    return values;
  }

  /** Share of studies of a size, drawn from the pilot's distribution, whose interval excludes 0. */
  private static double settled(double[] pilot, double shift, long prompts, long seed) {
    var random = new SplittableRandom(seed);
    int settled = 0;
    for (int study = 0; study < STUDIES; study++) {
      double[] values = new double[Math.toIntExact(prompts)];
      Arrays.setAll(values, i -> pilot[random.nextInt(pilot.length)] * shift(random, shift));
      Interval interval = Gaffke.interval(values, -1, 1, 0.05);
      settled += interval.low() > 0 || interval.high() < 0 ? 1 : 0;
    }
    return settled / (double) STUDIES;
  }

  private static int shift(SplittableRandom random, double share) {
    return random.nextDouble() < share ? -1 : 1;
  }

  private static long needed(double[] pilot) {
    double[] ones = new double[pilot.length];
    Arrays.fill(ones, 1);
    RatioEstimate mean = RatioEstimate.of(pilot, ones);
    Needed needed =
        Power.prompts(
            mean.value(),
            Gaffke.interval(pilot, -1, 1, 0.05),
            mean.standardError(),
            pilot.length,
            0.05);
    return ((Needed.Further) needed).count() + pilot.length;
  }

  /**
   * Studies of the stated size from the pilot's own distribution, where the estimate is the truth:
   * about a share of 0.8 settles it, and 0.85 where differences are rare and skewed. A share of
   * 1,500 at 0.81 or 0.85 leaves (0.76, 0.90) with probability below 2e-6.
   */
  @Test
  void prompts_ofSimulatedStudies_haveTheStatedPower() {
    for (double[] pilot : List.of(pilot(9, 5, 26), pilot(4, 1, 45), pilot(30, 22, 8))) {
      assertThat(settled(pilot, 0, needed(pilot), 11)).isBetween(0.76, 0.90);
    }
  }

  /** The check above sees half and double the number. */
  @Test
  void prompts_ofPlantedWrongNumbers_doNotHaveIt() {
    double[] pilot = pilot(9, 5, 26);
    assertThat(settled(pilot, 0, needed(pilot) / 2, 12)).isLessThan(0.76);
    assertThat(settled(pilot, 0, needed(pilot) * 2, 13)).isGreaterThan(0.90);
  }

  /** Signs at random: 0.05 + 5 sqrt(0.05 0.95 / 1500) is left with probability 3e-7. */
  @Test
  void prompts_withoutADifference_areSettledNoMoreOftenThanDelta() {
    double[] pilot = pilot(9, 5, 26);
    assertThat(settled(pilot, 0.5, needed(pilot), 14)).isLessThan(0.05 + 0.0282);
  }

  /** Success probabilities of a run whose prompts differ little in how much it is better. */
  private static RunCurves run(String name, double gain, long samples, SplittableRandom random) {
    List<PromptSamples> prompts = new ArrayList<>();
    for (int i = 0; i < PROMPTS; i++) {
      double p = 0.3 + 0.4 * i / (PROMPTS - 1) + gain * (1 + 0.5 * Math.sin(i));
      long correct = 0;
      for (long s = 0; s < samples; s++) {
        correct += random.nextDouble() < p ? 1 : 0;
      }
      prompts.add(PromptSamples.of("p" + i, samples, correct));
    }
    return new RunCurves(name, prompts);
  }

  private static PairedPoint point(long samples, SplittableRandom random) {
    RunCurves better = run("better", GAIN, samples, random);
    return better.minus(run("base", 0, samples, random), List.of(1L), 0.05).getFirst();
  }

  /**
   * On fixed prompts, studies with the stated number of samples settle it in a share of 0.8: the
   * number is the median over pilots of two samples whose estimate is within 0.01 of the truth,
   * since one pilot's own variance is itself an estimate. The approximation, the pilots' scatter
   * and 1e-6 of a share of 600 are within 0.12; half or double the number is outside.
   */
  @Test
  void samples_onFixedPrompts_haveTheStatedPower() {
    var random = new SplittableRandom(15);
    List<Long> counts = new ArrayList<>();
    double truth = 0;
    for (int i = 0; i < PROMPTS; i++) {
      truth += GAIN * (1 + 0.5 * Math.sin(i)) / PROMPTS;
    }
    while (counts.size() < 101) {
      RunCurves better = run("better", GAIN, 2, random);
      RunCurves base = run("base", 0, 2, random);
      List<PairedPoint> points = better.minus(base, List.of(1L), 0.05);
      PairedPower power = better.power(base, points, 0.05).getFirst();
      if (Math.abs(points.getFirst().difference() - truth) < 0.01) {
        counts.add(
            power.furtherSamples() instanceof Needed.Further further
                ? further.count()
                : Long.MAX_VALUE);
      }
    }
    long median = counts.stream().sorted().skip(50).findFirst().orElseThrow() + 2;
    assertThat(share(median, random)).isBetween(0.68, 0.92);
    assertThat(share(median / 2, random)).isLessThan(0.68);
    assertThat(share(median * 2, random)).isGreaterThan(0.92);
  }

  private static double share(long samples, SplittableRandom random) {
    int settled = 0;
    for (int study = 0; study < 600; study++) {
      settled += point(samples, random).interval().low() > 0 ? 1 : 0;
    }
    return settled / 600.0;
  }

  @Test
  void quantiles_areThoseOfTheNormalDistribution() {
    assertThat(Math.pow(Z + Z_POWER, 2)).isBetween(7.8488, 7.8490);
  }
}
