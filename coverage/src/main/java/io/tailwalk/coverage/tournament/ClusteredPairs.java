package io.tailwalk.coverage.tournament;

import io.tailwalk.core.interval.Interval;
import io.tailwalk.coverage.Confidence;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.coverage.stats.ClusterBootstrap;
import io.tailwalk.coverage.stats.ClusteredSums;
import io.tailwalk.coverage.stats.PromptSizes;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Pairs over rows clustered by prompt; prompts are resampled. Differences {@code C(j||i) - C(k||w)}
 * are studentised by their error over prompts, and the critical value is the bootstrap quantile of
 * the largest over all (w, j, k), so that i is ruled out if for some (w, j) all k exceed it. The
 * variance includes one pseudo-event of a complete prompt: an event never seen does not have
 * variance zero. Asymptotic in m, the number of effective prompts ({@link
 * PromptSizes#effectivePrompts}). Cost {@code replicates * M^4}.
 *
 * <p>If all prompts agree, the bootstrap has no variation. An event with probability p per prompt
 * is absent from all m with probability {@code (1 - p)^m}, so intervals extend at least {@code ln(2
 * M(M-1) / delta) / m} to either side; and m prompts that all have a difference c have probability
 * at most {@code (1 + c)^-m} if the mean is not positive (Markov's inequality on 1 plus the
 * difference), so no candidate is ruled out by differences below {@code ((M-1)^2 / delta)^(1/m) -
 * 1}.
 */
final class ClusteredPairs implements PairTally {
  private final int candidates;
  private final int pairs;
  private final NGrid grid;
  private final int gridSize;
  private final ClusteredSums sums;

  ClusteredPairs(int candidates, NGrid grid) {
    this.candidates = candidates;
    this.pairs = candidates * candidates;
    this.grid = grid;
    this.gridSize = grid.size();
    this.sums = new ClusteredSums(0, gridSize * pairs + 1);
  }

  @Override
  public void add(long promptKey, double[] reach) {
    double[] row = sums.row(promptKey);
    for (int n = 0; n < gridSize; n++) {
      double threshold = grid.threshold(n);
      int first = n * pairs;
      for (int pair = 0; pair < pairs; pair++) {
        row[first + pair] += threshold <= reach[pair] ? 1 : 0;
      }
    }
    sums.tick(row, gridSize * pairs);
  }

  @Override
  public void merge(PairTally other) {
    sums.merge(((ClusteredPairs) other).sums);
  }

  @Override
  public long[] counts(int n) {
    double[] totals = sums.totals();
    long[] counts = new long[pairs];
    Arrays.setAll(counts, pair -> Math.round(totals[n * pairs + pair]));
    return counts;
  }

  @Override
  public Interval[] intervals(int n, PromptSizes sizes, Confidence confidence) {
    Interval[] intervals = new Interval[pairs];
    PairMoments moments = moments(n, sizes);
    if (moments.clusters() < 2) {
      Arrays.fill(intervals, Interval.certain(0, 1));
      return intervals;
    }
    double[] largest = new double[confidence.replicates()];
    int[] replicate = {0};
    moments.bootstrap(
        confidence,
        shares -> {
          double most = 0;
          for (int p = 0; p < pairs; p++) {
            most = Math.max(most, Math.abs(shares[p] - moments.share(p)) / moments.error(p));
          }
          largest[replicate[0]++] = most;
        });
    double critical = ClusterBootstrap.quantile(largest, 1 - confidence.delta());
    double least =
        Math.log(2.0 * candidates * (candidates - 1) / confidence.delta())
            / sizes.effectivePrompts();
    Arrays.setAll(
        intervals,
        p -> {
          double half = Math.max(least, critical * moments.error(p));
          return Interval.asymptotic(moments.share(p) - half, moments.share(p) + half).within(0, 1);
        });
    return intervals;
  }

  @Override
  public boolean[] ruledOut(int n, PromptSizes sizes, Confidence confidence) {
    PairMoments moments = moments(n, sizes);
    boolean[] ruledOut = new boolean[candidates];
    if (moments.clusters() < 2) {
      return ruledOut;
    }
    double[][] largest = new double[candidates][confidence.replicates()];
    int[] replicate = {0};
    moments.bootstrap(
        confidence,
        shares -> {
          for (int i = 0; i < candidates; i++) {
            largest[i][replicate[0]] = largestExcess(moments, shares, i);
          }
          replicate[0]++;
        });
    double comparisons = (candidates - 1.0) * (candidates - 1);
    double least =
        Math.expm1(Math.log(comparisons / confidence.delta()) / sizes.effectivePrompts());
    for (int i = 0; i < candidates; i++) {
      double critical = ClusterBootstrap.quantile(largest[i], 1 - confidence.delta());
      ruledOut[i] = exceeds(moments, i, Math.max(0, critical), least);
    }
    return ruledOut;
  }

  private double largestExcess(PairMoments moments, double[] shares, int i) {
    double most = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < candidates; j++) {
      if (j == i) {
        continue;
      }
      int pair = i * candidates + j;
      double shift = shares[pair] - moments.share(pair);
      for (int rival = 0; rival < pairs; rival++) {
        if (isRival(i, rival)) {
          double excess = shift - (shares[rival] - moments.share(rival));
          most = Math.max(most, excess / moments.errorOfDifference(pair, rival));
        }
      }
    }
    return most;
  }

  private boolean isRival(int i, int rival) {
    int w = rival / candidates;
    return w != i && rival % candidates != w;
  }

  private boolean exceeds(PairMoments moments, int i, double critical, double least) {
    for (int w = 0; w < candidates; w++) {
      for (int j = 0; j < candidates; j++) {
        if (w != i && j != i && exceedsAll(moments, i * candidates + j, w, critical, least)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean exceedsAll(PairMoments moments, int pair, int w, double critical, double least) {
    for (int k = 0; k < candidates; k++) {
      int rival = w * candidates + k;
      double difference = moments.share(pair) - moments.share(rival);
      double needed = Math.max(least, critical * moments.errorOfDifference(pair, rival));
      if (k != w && difference <= needed) {
        return false;
      }
    }
    return true;
  }

  private PairMoments moments(int n, PromptSizes sizes) {
    double[][] all = sums.matrix();
    double[][] clusters = new double[all.length][];
    for (int g = 0; g < all.length; g++) {
      clusters[g] = Arrays.copyOfRange(all[g], n * pairs, (n + 1) * pairs + 1);
      clusters[g][pairs] = all[g][gridSize * pairs];
    }
    return new PairMoments(clusters, sizes.effectivePrompts());
  }

  /** Shares of pairs at one N, their covariance over prompts, and their replicates. */
  private static final class PairMoments {
    private final double[][] clusters;
    private final int pairs;
    private final double[] shares;
    private final double[][] covariance;
    private final double pseudoEvent;

    PairMoments(double[][] clusters, double prompts) {
      this.clusters = clusters;
      this.pairs = clusters[0].length - 1;
      this.pseudoEvent = 1 / (prompts * prompts);
      double[] totals = new double[pairs + 1];
      for (double[] row : clusters) {
        for (int p = 0; p <= pairs; p++) {
          totals[p] += row[p];
        }
      }
      this.shares = new double[pairs];
      Arrays.setAll(shares, p -> totals[p] / totals[pairs]);
      this.covariance = covariance(totals[pairs]);
    }

    private double[][] covariance(double rows) {
      double[][] sum = new double[pairs][pairs];
      double scale = clusters.length / ((clusters.length - 1.0) * rows * rows);
      double[] residual = new double[pairs];
      for (double[] row : clusters) {
        Arrays.setAll(residual, p -> row[p] - shares[p] * row[pairs]);
        for (int p = 0; p < pairs; p++) {
          for (int q = p; q < pairs; q++) {
            sum[p][q] += scale * residual[p] * residual[q];
          }
        }
      }
      return sum;
    }

    int clusters() {
      return clusters.length;
    }

    double share(int pair) {
      return shares[pair];
    }

    double error(int pair) {
      return Math.sqrt(covariance[pair][pair] + pseudoEvent);
    }

    double errorOfDifference(int p, int q) {
      double shared = covariance[Math.min(p, q)][Math.max(p, q)];
      double variance = covariance[p][p] + covariance[q][q] - 2 * shared;
      return Math.sqrt(Math.max(0, variance) + pseudoEvent);
    }

    void bootstrap(Confidence confidence, ClusterBootstrap.Replicate consumer) {
      double[] replicate = new double[pairs];
      new ClusterBootstrap(clusters)
          .run(
              confidence.replicates(),
              new SplittableRandom(confidence.seed()),
              totals -> {
                Arrays.setAll(replicate, p -> totals[p] / totals[pairs]);
                consumer.accept(replicate);
              });
    }
  }
}
