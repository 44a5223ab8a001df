package io.tailwalk.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.interval.Bias;
import io.tailwalk.core.interval.EndKind;
import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.passk.BestOfN.Scored;
import io.tailwalk.coverage.passk.CurvePoint;
import io.tailwalk.coverage.passk.PairedPoint;
import io.tailwalk.coverage.passk.PromptSamples;
import io.tailwalk.coverage.passk.PromptSuccess;
import io.tailwalk.coverage.passk.RunCurves;
import io.tailwalk.coverage.passk.SuccessCurve;
import io.tailwalk.coverage.profile.ProfileAggregate;
import io.tailwalk.coverage.stats.BernoulliSequence;
import io.tailwalk.coverage.stats.PromptSizes;
import io.tailwalk.coverage.stats.RatioEstimate;
import io.tailwalk.coverage.tournament.TournamentAggregate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Samples never determine a mean exactly: no interval may have width zero, for equal values, single
 * ones, zeros, ones, huge ones, few clusters.
 */
class WidthTest {
  private static final Confidence QUICK = new Confidence(0.05, 100, 0);

  private final SplittableRandom random = new SplittableRandom(77);

  private static void assertHonest(Interval interval, Object from) {
    assertThat(interval.width()).as(() -> interval + " from " + from).isPositive();
  }

  /** One of a few values, so that equal ones are common. */
  private double one(int round) {
    return switch (round % 6) {
      case 0 -> 0;
      case 1 -> 1;
      case 2 -> 0.1;
      case 3 -> random.nextInt(2);
      case 4 -> random.nextDouble();
      default -> 1e12 * random.nextInt(1, 3);
    };
  }

  @Test
  void ratios_neverClaimToKnow() {
    for (int round = 0; round < 3000; round++) {
      int clusters = 1 + random.nextInt(9);
      double fixed = one(round);
      double[] x = new double[clusters];
      double[] y = new double[clusters];
      for (int g = 0; g < clusters; g++) {
        x[g] = round % 2 == 0 ? 1 : 1 + random.nextInt(5);
        y[g] = (round % 3 == 0 ? one(round) : fixed) * x[g];
      }
      RatioEstimate ratio = RatioEstimate.of(y, x);
      assertHonest(ratio.interval(0.05), Arrays.toString(y) + " / " + Arrays.toString(x));
    }
    // Ten equal values leave residuals of the last place.
    double[] tenths = new double[10];
    double[] ones = new double[10];
    Arrays.fill(tenths, 0.1);
    Arrays.fill(ones, 1);
    assertThat(RatioEstimate.of(tenths, ones).interval(0.05)).isEqualTo(Interval.LINE);
    double[] few = random.doubles(RatioEstimate.FEWEST - 1).toArray();
    double[] fewOnes = new double[few.length];
    Arrays.fill(fewOnes, 1);
    assertThat(RatioEstimate.of(few, fewOnes).shown(0.05)).isEqualTo(Interval.LINE);
  }

  @Test
  void sequences_neverClaimToKnow() {
    for (int round = 0; round < 2000; round++) {
      long s = round % 4 == 0 ? 0 : (long) Math.exp(25 * random.nextDouble());
      long f = round % 4 == 1 ? 0 : (long) Math.exp(25 * random.nextDouble());
      assertHonest(BernoulliSequence.interval(s, f, 0.05), s + ", " + f);
    }
  }

  @Test
  void profilesAndTournaments_neverClaimToKnow() {
    for (int round = 0; round < 400; round++) {
      int prompts = 1 + random.nextInt(6);
      int most = 1 + random.nextInt(4);
      List<String> models = List.of("a", "b", "c");
      NGrid grid = NGrid.of(2, 8);
      ProfileAggregate profile = ProfileAggregate.withReference(models, grid);
      TournamentAggregate independent = TournamentAggregate.overIndependentRows(models, grid);
      TournamentAggregate clustered = TournamentAggregate.overPrompts(models, grid);
      long[] sizes = new long[most + 1];
      long rows = 0;
      double[] fixed = logProbs(round);
      for (int prompt = 0; prompt < prompts; prompt++) {
        int size = round % 2 == 0 ? most : 1 + random.nextInt(most);
        sizes[size]++;
        for (int r = 0; r < size; r++) {
          double[] logProbs = round % 3 == 0 ? fixed : logProbs(round);
          profile.add(prompt, -1, logProbs, new long[] {3, 3, 3});
          independent.add(rows++, logProbs);
          clustered.add(prompt, logProbs);
        }
      }
      PromptSizes bySize = PromptSizes.of(sizes);
      int at = round;
      profile
          .profiles(bySize, QUICK)
          .forEach(model -> {
            if (model.zeroProbability() == 0) {
              assertHonest(model.crossEntropy().interval(), at);
              assertHonest(model.crossEntropyPerToken().orElseThrow().interval(), at);
              assertHonest(model.kl().orElseThrow().interval(), at);
            }
            model.points().forEach(point -> assertHonest(point.band(), at));
            model.points().forEach(point -> assertHonest(point.pointwise(), at));
          });
      independent
          .results(PromptSizes.independent(rows), QUICK)
          .forEach(
              result -> result.candidates().forEach(one -> assertHonest(one.worstInterval(), at)));
      clustered
          .results(bySize, QUICK)
          .forEach(
              result -> result.candidates().forEach(one -> assertHonest(one.worstInterval(), at)));
    }
  }

  private double[] logProbs(int round) {
    double[] logProbs = new double[3];
    Arrays.setAll(
        logProbs,
        _ ->
            random.nextInt(12) == 0 && round % 5 == 0
                ? Double.NEGATIVE_INFINITY
                : -1 - 3.0 * random.nextInt(3));
    return logProbs;
  }

  @Test
  void curves_neverClaimToKnow() {
    for (int round = 0; round < 400; round++) {
      RunCurves one = run(round);
      RunCurves other = run(round);
      long k = 1 + random.nextLong(Math.min(one.fewestSamples(), other.fewestSamples()));
      assertHonest(one.passAtK(List.of(k), 0.05).getFirst().interval(), round);
      if (one.prompts() == other.prompts()) {
        assertHonest(one.minus(other, List.of(k), 0.05).getFirst().interval(), round);
      }
      assertHonest(
          one.bestOfN(List.of(k), 0.05, Interval.NON_NEGATIVE).getFirst().interval(), round);
      assertHonest(
          one.bestOfN(List.of(k), 0.05, Interval.certain(0, 2e12)).getFirst().interval(), round);
    }
  }

  private RunCurves run(int round) {
    List<PromptSamples> prompts = new ArrayList<>();
    int count = round % 8 == 0 ? 25 : 1 + random.nextInt(5);
    for (int p = 0; p < count; p++) {
      int samples = round % 2 == 0 ? 2 : 1 + random.nextInt(4);
      int correct = round % 4 == 0 ? samples / 2 : random.nextInt(samples + 1);
      List<Scored> scored = new ArrayList<>();
      for (int s = 0; s < samples; s++) {
        scored.add(new Scored(random.nextInt(2), one(round)));
      }
      prompts.add(new PromptSamples("p" + p, samples, correct, scored));
    }
    return new RunCurves("r", prompts);
  }

  @Test
  void curvesFromMasses_neverClaimToKnow_butWhatIsKnown() {
    for (int round = 0; round < 600; round++) {
      List<PromptSuccess> one = successes(round);
      List<PromptSuccess> other = successes(round);
      long k = 1 + random.nextLong(round % 2 == 0 ? 4 : 1_000_000);
      double error = round % 3 == 0 ? 0.005 : 0.05;
      CurvePoint point = SuccessCurve.at(one, k, error, 0.05);
      assertHonest(point.interval(), round);
      assertThat(point.interval().contains(point.value())).isTrue();
      Interval these = point.these().orElseThrow();
      assertThat(these.contains(point.value())).isTrue();
      // At a large k both ends of a prompt may round to 1.
      boolean known = one.stream().allMatch(PromptSuccess::isKnown);
      assertThat(these.width() == 0)
          .as("%s of %s", these, one)
          .isEqualTo(known || (k > 4 && these.width() == 0));
      if (one.size() == other.size()) {
        PairedPoint pair = PairedPoint.ofSuccesses(one, other, k, error, 0.05);
        assertHonest(pair.interval(), round);
        assertThat(pair.interval().contains(pair.difference())).isTrue();
      }
    }
  }

  private List<PromptSuccess> successes(int round) {
    List<PromptSuccess> successes = new ArrayList<>();
    int count = 1 + random.nextInt(6);
    for (int p = 0; p < count; p++) {
      double z = round % 5 == 0 ? 0 : round % 5 == 1 ? 1 : 0.25 * random.nextInt(5);
      double low = z * random.nextDouble();
      double high = z + 0.1 * (1 - z) * random.nextDouble();
      EndKind kind = round % 2 == 0 ? EndKind.GUARANTEED : EndKind.ASYMPTOTIC;
      successes.add(
          switch (random.nextInt(4)) {
            case 0 -> PromptSuccess.known("p" + p, z);
            // An old record may have an interval of width zero for an unknown value.
            case 1 ->
                PromptSuccess.clamped("p" + p, z, Interval.of(z, z, kind), Double.NaN, Bias.LOW);
            default ->
                PromptSuccess.clamped("p" + p, z, Interval.of(low, high, kind), 0.02, Bias.CLAMPED);
          });
    }
    return successes;
  }
}
