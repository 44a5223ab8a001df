package io.tailwalk.values;

import io.tailwalk.core.model.Prompt;
import io.tailwalk.core.verify.Candidate;
import io.tailwalk.core.verify.ValueFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Quality of a value on held-out rollouts. Values and tilts are in units of the largest tilt.
 * Standard errors treat the prefixes of one rollout as dependent; that of the gain is the larger of
 * this and one that treats all prefixes of a prompt as dependent, if there are several prompts.
 *
 * @param crossEntropy mean over prefixes (nats)
 * @param baseline cross-entropy of a value that depends only on the depth (its mean tilt in the
 *     training rollouts)
 * @param gain decrease of the cross-entropy relative to the baseline (nats)
 * @param gainError its standard error; infinite if all prefixes are of one rollout
 * @param brier mean squared error
 * @param baselineBrier mean squared error of the baseline
 * @param calibration bins of equal numbers of prefixes by falling value, over all depths
 * @param depths figures by number of tokens
 */
public record Assessment(
    double crossEntropy,
    double baseline,
    double gain,
    double gainError,
    double brier,
    double baselineBrier,
    List<Bin> calibration,
    List<Depth> depths) {
  private static final int BINS = 10;
  private static final int LEAST_IN_BIN = 20;

  /** Keeps copies. */
  public Assessment {
    calibration = List.copyOf(calibration);
    depths = List.copyOf(depths);
  }

  /**
   * Prefixes of similar value.
   *
   * @param count prefixes
   * @param rollouts number of rollouts they belong to
   * @param predicted mean value
   * @param observed mean tilt
   * @param standardError of the observed mean
   */
  public record Bin(
      int count, int rollouts, double predicted, double observed, double standardError) {
    private static final double NORMAL = 1.959964;
    private static final double TAIL = 0.025;

    /**
     * Lower end of a 95% interval of the observed mean: normal, or Clopper and Pearson's if all
     * rollouts have the largest tilt.
     */
    public double low() {
      return observed >= 1
          ? Math.pow(TAIL, 1.0 / rollouts)
          : Math.max(0, observed - NORMAL * standardError);
    }

    /** Upper end of that interval; Clopper and Pearson's if every rollout has tilt 0. */
    public double high() {
      return observed <= 0
          ? 1 - Math.pow(TAIL, 1.0 / rollouts)
          : Math.min(1, observed + NORMAL * standardError);
    }
  }

  /**
   * Prefixes of one length.
   *
   * @param tokens the length
   * @param all its prefixes as one bin
   * @param over excess of values: the positive part of predicted minus observed, averaged over bins
   * @param under shortfall of values, likewise
   */
  public record Depth(int tokens, Bin all, double over, double under) {}

  private record Point(int rollout, Prompt prompt, int depth, double predicted, double observed) {}

  /**
   * Assesses a value.
   *
   * @param value without the gate
   * @param scale the largest tilt
   * @param gate prefixes that it gives zero do not count
   */
  public static Assessment of(
      ValueFunction value,
      double scale,
      ValueFunction gate,
      List<Rollout> heldOut,
      List<Rollout> trained) {
    List<Point> points = points(value, scale, gate, heldOut);
    Map<Integer, Double> means = depthMeans(trained, scale, gate);
    Map<Integer, List<Point>> byDepth =
        points.stream()
            .collect(Collectors.groupingBy(Point::depth, TreeMap::new, Collectors.toList()));
    List<Depth> depths = new ArrayList<>();
    byDepth.forEach((tokens, there) -> depths.add(depth(tokens, there)));
    ToDoubleFunction<Point> base = point -> means.getOrDefault(point.depth(), 0.5);
    double crossEntropy = mean(points, p -> loss(p.predicted(), p.observed()));
    double baseline = mean(points, p -> loss(base.applyAsDouble(p), p.observed()));
    return new Assessment(
        crossEntropy,
        baseline,
        baseline - crossEntropy,
        gainError(
            points,
            p ->
                loss(base.applyAsDouble(p), p.observed())
                    - loss(p.predicted(), p.observed())
                    - (baseline - crossEntropy)),
        mean(points, p -> Math.pow(p.predicted() - p.observed(), 2)),
        mean(points, p -> Math.pow(base.applyAsDouble(p) - p.observed(), 2)),
        bins(points),
        depths);
  }

  private static List<Point> points(
      ValueFunction value, double scale, ValueFunction gate, List<Rollout> rollouts) {
    List<Candidate> prefixes = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    for (int i = 0; i < rollouts.size(); i++) {
      List<Candidate> own = PrefixTable.prefixes(rollouts.get(i).complete(), gate);
      prefixes.addAll(own);
      owners.addAll(java.util.Collections.nCopies(own.size(), i));
    }
    double[] values = new double[prefixes.size()];
    value.logValues(prefixes, values);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      points.add(
          new Point(
              owners.get(i),
              prefixes.get(i).prompt(),
              prefixes.get(i).tokenIds().length,
              Math.exp(values[i]) / scale,
              rollouts.get(owners.get(i)).tau() / scale));
    }
    return points;
  }

  private static Map<Integer, Double> depthMeans(
      List<Rollout> rollouts, double scale, ValueFunction gate) {
    return rollouts.stream()
        .flatMap(rollout ->
            PrefixTable.prefixes(rollout.complete(), gate).stream()
                .map(prefix -> Map.entry(prefix.tokenIds().length, rollout.tau() / scale)))
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.averagingDouble(Map.Entry::getValue)));
  }

  private static double loss(double predicted, double observed) {
    double p = Math.clamp(predicted, 1e-12, 1 - 1e-12);
    return -observed * Math.log(p) - (1 - observed) * Math.log1p(-p);
  }

  private static Depth depth(int tokens, List<Point> there) {
    double over = 0;
    double under = 0;
    for (Bin bin : bins(there)) {
      double difference = bin.predicted() - bin.observed();
      over += Math.max(0, difference) * bin.count() / there.size();
      under += Math.max(0, -difference) * bin.count() / there.size();
    }
    return new Depth(tokens, bin(there), over, under);
  }

  private static List<Bin> bins(List<Point> points) {
    List<Point> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparingDouble(Point::predicted));
    int count = Math.clamp(points.size() / LEAST_IN_BIN, 1, BINS);
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) sorted.size() * i / count);
      int to = (int) ((long) sorted.size() * (i + 1) / count);
      if (to > from) {
        bins.add(bin(sorted.subList(from, to)));
      }
    }
    return bins;
  }

  private static Bin bin(List<Point> points) {
    double observed = points.stream().mapToDouble(Point::observed).average().orElse(0);
    return new Bin(
        points.size(),
        (int) points.stream().mapToInt(Point::rollout).distinct().count(),
        points.stream().mapToDouble(Point::predicted).average().orElse(0),
        observed,
        standardError(points, p -> p.observed() - observed));
  }

  private static double mean(List<Point> points, ToDoubleFunction<Point> what) {
    return points.stream().mapToDouble(what).average().orElse(0);
  }

  private static double gainError(List<Point> points, ToDoubleFunction<Point> residual) {
    double byRollout = clustered(points, residual, Point::rollout);
    boolean severalPrompts = points.stream().map(Point::prompt).distinct().count() > 1;
    return severalPrompts
        ? Math.max(byRollout, clustered(points, residual, Point::prompt))
        : byRollout;
  }

  /** Standard error of a mean with given residuals; those of one rollout may be dependent. */
  private static double standardError(List<Point> points, ToDoubleFunction<Point> residual) {
    return points.isEmpty()
        ? 0
        : Math.sqrt(squares(points, residual, Point::rollout).sum()) / points.size();
  }

  /** The same with the correction for few clusters, and infinite for a single one. */
  private static <K> double clustered(
      List<Point> points, ToDoubleFunction<Point> residual, Function<Point, K> cluster) {
    double[] squares = squares(points, residual, cluster).toArray();
    if (squares.length < 2) {
      return Double.POSITIVE_INFINITY;
    }
    double correction = squares.length / (squares.length - 1.0);
    return Math.sqrt(correction * Arrays.stream(squares).sum()) / points.size();
  }

  private static <K> DoubleStream squares(
      List<Point> points, ToDoubleFunction<Point> residual, Function<Point, K> cluster) {
    return points.stream()
        .collect(Collectors.groupingBy(cluster, Collectors.summingDouble(residual)))
        .values()
        .stream()
        .mapToDouble(sum -> sum * sum);
  }
}
