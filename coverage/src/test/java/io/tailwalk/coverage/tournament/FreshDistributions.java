package io.tailwalk.coverage.tournament;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** Distributions that the race was not developed on. */
final class FreshDistributions {
  private FreshDistributions() {}

  private static List<String> names(int size) {
    return IntStream.range(0, size).mapToObj(m -> "m" + m).toList();
  }

  /**
   * Sequences of independent fair coins; each candidate assumes a different success probability. A
   * row is the number of heads, so all candidates' errors are driven by one number.
   */
  static TournamentDistribution coins(int length, double... beliefs) {
    double[] mass = new double[length + 1];
    double[][] logProbs = new double[length + 1][beliefs.length];
    double ways = 1;
    for (int heads = 0; heads <= length; heads++) {
      mass[heads] = ways * Math.pow(0.5, length);
      ways = ways * (length - heads) / (heads + 1);
      for (int m = 0; m < beliefs.length; m++) {
        logProbs[heads][m] =
            heads * Math.log(beliefs[m]) + (length - heads) * Math.log1p(-beliefs[m]);
      }
    }
    return new Discrete(names(beliefs.length), mass, logProbs);
  }

  /** A geometric distribution and candidates with other ratios: heavy one-sided tails. */
  static TournamentDistribution geometric(double ratio, double... beliefs) {
    int longest = 400;
    double[] mass = new double[longest + 1];
    double[][] logProbs = new double[longest + 1][beliefs.length];
    for (int k = 0; k <= longest; k++) {
      // The probability beyond the last outcome is added to it.
      mass[k] = k < longest ? (1 - ratio) * Math.pow(ratio, k) : Math.pow(ratio, longest);
      for (int m = 0; m < beliefs.length; m++) {
        logProbs[k][m] = Math.log1p(-beliefs[m]) + k * Math.log(beliefs[m]);
      }
    }
    return new Discrete(names(beliefs.length), mass, logProbs);
  }

  /**
   * Densities {@code exp(s_m z_m - s_m^2 / 2)} against the distribution of the responses, z_m
   * independent standard normals: every candidate has an independent small error everywhere.
   */
  static TournamentDistribution lognormal(double... spreads) {
    return new Lognormal(names(spreads.length), spreads);
  }

  private static final class Discrete implements TournamentDistribution {
    private final List<String> models;
    private final double[] mass;
    private final double[] cumulative;
    private final double[][] logProbs;

    Discrete(List<String> models, double[] mass, double[][] logProbs) {
      this.models = models;
      this.mass = mass;
      this.cumulative = mass.clone();
      Arrays.parallelPrefix(cumulative, Double::sum);
      this.logProbs = logProbs;
    }

    @Override
    public List<String> models() {
      return models;
    }

    @Override
    public double[] draw(SplittableRandom random) {
      double u = random.nextDouble();
      int outcome = 0;
      while (outcome < mass.length - 1 && cumulative[outcome] <= u) {
        outcome++;
      }
      return logProbs[outcome].clone();
    }

    @Override
    public double worst(int i, double n) {
      return most(models.size(), i, j -> hits(i, j, n));
    }

    private double hits(int i, int j, double n) {
      double hits = 0;
      for (int y = 0; y < mass.length; y++) {
        hits += logProbs[y][j] - logProbs[y][i] >= Math.log(n) ? mass[y] : 0;
      }
      return hits;
    }
  }

  private static final class Lognormal implements TournamentDistribution {
    private final List<String> models;
    private final double[] spreads;

    Lognormal(List<String> models, double[] spreads) {
      this.models = models;
      this.spreads = spreads;
    }

    @Override
    public List<String> models() {
      return models;
    }

    @Override
    public double[] draw(SplittableRandom random) {
      double[] row = new double[spreads.length];
      // Far enough down that no log-probability is above 0.
      Arrays.setAll(
          row, m -> -100 + spreads[m] * random.nextGaussian() - spreads[m] * spreads[m] / 2);
      return row;
    }

    @Override
    public double worst(int i, double n) {
      return most(spreads.length, i, j -> hits(i, j, n));
    }

    private double hits(int i, int j, double n) {
      double mean = (spreads[i] * spreads[i] - spreads[j] * spreads[j]) / 2;
      double spread = Math.hypot(spreads[i], spreads[j]);
      return NormalDistribution.of(mean, spread).survivalProbability(Math.log(n));
    }
  }

  private static double most(int size, int i, IntToDoubleFunction hits) {
    return IntStream.range(0, size).filter(j -> j != i).mapToDouble(hits).max().orElse(0);
  }
}
