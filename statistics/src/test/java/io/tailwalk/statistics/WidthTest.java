package io.tailwalk.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwalk.core.interval.Interval;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Samples never determine a mean exactly: no interval may have width zero. */
class WidthTest {
  private static final double[] DELTAS = {0.5, 0.05, 1e-3, 1e-9};

  private final SplittableRandom random = new SplittableRandom(2026);

  /** Equal values, zeros, ones, two-valued, tiny, close together, and mixed ones. */
  private double[] values(int round) {
    int n = 1 + random.nextInt(round % 10 == 0 ? 400 : 12);
    double one = random.nextDouble();
    double other = random.nextDouble();
    double[] values = new double[n];
    Arrays.setAll(
        values,
        _ ->
            switch (round % 9) {
              case 0 -> one;
              case 1 -> 0;
              case 2 -> 1;
              case 3 -> random.nextInt(2);
              case 4 -> random.nextBoolean() ? one : other;
              case 5 -> one * 1e-12 * random.nextInt(3);
              case 6 -> 0.1 + 0.2 * one + 1e-16 * random.nextInt(3);
              case 7 -> random.nextDouble();
              default -> Math.pow(random.nextDouble(), 8);
            });
    return values;
  }

  @Test
  void meansOfBoundedValues_neverClaimToKnow() {
    for (int round = 0; round < 900; round++) {
      double[] values = values(round);
      double mean = Arrays.stream(values).average().orElseThrow();
      double delta = DELTAS[round % DELTAS.length];
      Interval gaffke = Gaffke.interval(values, delta);
      assertHonest(gaffke, values);
      assertThat(gaffke.low()).isLessThanOrEqualTo(mean * (1 + 1e-12));
      assertThat(gaffke.high()).isGreaterThanOrEqualTo(mean * (1 - 1e-12));
      assertHonest(BettingInterval.interval(values, 0, 1, delta), values);
      double scale = Math.exp(80 * random.nextDouble() - 40);
      double[] scaled = Arrays.stream(values).map(x -> x * scale).toArray();
      assertHonest(Gaffke.interval(scaled, 0, scale, delta), scaled);
      assertHonest(BettingInterval.interval(scaled, 0, scale, delta), scaled);
    }
  }

  @Test
  void proportions_neverClaimToKnow() {
    for (int round = 0; round < 2000; round++) {
      long n = (long) Math.exp(28 * random.nextDouble());
      long k = round % 5 == 0 ? 0 : round % 5 == 1 ? n : random.nextLong(n + 1);
      assertHonest(ClopperPearson.interval(k, n, DELTAS[round % DELTAS.length]), k, n);
    }
  }

  @Test
  void capitals_ofUnitsWithAnyBounds_neverClaimToKnow() {
    for (int round = 0; round < 500; round++) {
      BettingCapital capital = new BettingCapital(DELTAS[round % DELTAS.length]);
      double scale = Math.exp(60 * random.nextDouble() - 30);
      boolean bounded = round % 3 != 0;
      int n = 1 + random.nextInt(200);
      for (int i = 0; i < n; i++) {
        double y = round % 4 == 0 ? scale : round % 4 == 1 ? 0 : scale * random.nextDouble();
        double b = bounded ? 2 * scale : Double.POSITIVE_INFINITY;
        capital.add(0, !bounded && i == 0 ? 1e3 * y : y, b);
      }
      assertHonest(capital.interval(), n);
    }
  }

  private static void assertHonest(Interval interval, Object... from) {
    assertThat(interval.width())
        .as(() -> interval + " from " + Arrays.deepToString(from))
        .isPositive();
  }

  private static void assertHonest(Interval interval, double[] from) {
    assertHonest(interval, Arrays.toString(from));
  }
}
