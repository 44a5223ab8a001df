package io.tailwalk.records;

import io.tailwalk.core.verify.TargetDistribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Made-up samples for tests. */
final class Samples {
  private static final double[] EDGES = {
    -0.0, -Double.MIN_VALUE, -Double.MAX_VALUE, Double.NEGATIVE_INFINITY, Double.NaN, -1e-300
  };
  private static final String[] TEXTS = {
    "", "a\nb\t\"\\", "\u2028\u2029\u0000", "\ud83d\ude00 emoji", "\ud800 half", "\udc00", "שלום"
  };

  private static final List<TargetDistribution> TARGETS = List.of(TargetDistribution.values());

  private Samples() {}

  static SampleRow plain() {
    return new SampleRow(
        "p1",
        new TokenText("Once", List.of(7)),
        new TokenText(" upon", List.of(3, 9)),
        new SampleScore(-2.5, List.of(-1.0, -1.5), 1, 0.125),
        new SampleOrigin(
            "vgb",
            TargetDistribution.EXACT_IN_THE_LIMIT,
            new TreeMap<>(Map.of("steps", 64, "lazy", true, "beta", 0.1)),
            7,
            "stop"),
        new SampleUsage(1, 2, 30, 4, 5),
        12L);
  }

  static SampleRow random(RandomGenerator random) {
    List<Integer> ids = random.ints(random.nextInt(5), 0, Integer.MAX_VALUE).boxed().toList();
    List<Double> logProbs = new ArrayList<>();
    ids.forEach(_ -> logProbs.add(logProb(random)));
    return new SampleRow(
        "id" + random.nextInt(),
        new TokenText(text(random), List.of()),
        new TokenText(text(random), ids),
        random.nextBoolean(),
        new SampleScore(
            logProb(random), logProbs, random.nextGaussian(), Math.exp(50 * random.nextGaussian())),
        new SampleOrigin(
            "s" + text(random),
            TARGETS.get(random.nextInt(TARGETS.size())),
            new TreeMap<>(
                Map.of(
                    "a \u2028\"" + random.nextInt(),
                    random.nextLong(),
                    "b",
                    Math.scalb(1.1, -900),
                    "c",
                    text(random))),
            random.nextLong(),
            "length"),
        new SampleUsage(random.nextLong(1L << 40), 0, 1, 2, 3),
        random.nextLong(1L << 40));
  }

  private static double logProb(RandomGenerator random) {
    return random.nextInt(4) == 0
        ? EDGES[random.nextInt(EDGES.length)]
        : -Math.exp(300 * random.nextGaussian() / 3);
  }

  private static String text(RandomGenerator random) {
    return TEXTS[random.nextInt(TEXTS.length)];
  }
}
