package io.tailwalk.coverage.passk;

import io.tailwalk.core.random.Streams;
import io.tailwalk.coverage.CoverageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Votes over the answers of n samples of one prompt: the probability that the answer with the most
 * votes among k of the samples is right, as the mean over all subsets of size k, which is unbiased
 * for k fresh samples. Ties are broken at random, and count by their expected value.
 *
 * <p>With one vote a sample, only the counts of the answers matter, and the mean is exact: {@link
 * #majority}. With weights it is exact over at most {@value #MOST_SUBSETS} subsets. Otherwise it is
 * the mean over that many random subsets, with its standard error.
 */
final class Vote {
  /** Largest number of subsets that are enumerated, and number of random ones. */
  static final int MOST_SUBSETS = 10_000;

  private static final double MOST_STEPS = 1e7;
  private static final int MOST_SAMPLES = 1000;
  private static final double ROUNDING = 1e-12;

  /** Index of the answer of each sample. */
  private final int[] group;

  /** Number of samples with each answer. */
  private final int[] size;

  /** Share of correct samples of each answer: 0 or 1 where equal answers have equal grades. */
  private final double[] right;

  private final double[] weight;

  /**
   * An estimate.
   *
   * @param value in [0, 1]
   * @param exact whether it is the mean over all subsets
   * @param variance of the value given the samples; 0 if it is exact
   */
  record Estimate(double value, boolean exact, double variance) {}

  Vote(List<PromptVotes.Ballot> ballots) {
    group = new int[ballots.size()];
    weight = new double[ballots.size()];
    Map<String, Integer> index = new HashMap<>();
    List<double[]> sums = new ArrayList<>();
    for (int i = 0; i < group.length; i++) {
      PromptVotes.Ballot ballot = ballots.get(i);
      group[i] = index.computeIfAbsent(ballot.answer(), _ -> index.size());
      weight[i] = ballot.weight();
      if (group[i] == sums.size()) {
        sums.add(new double[2]);
      }
      sums.get(group[i])[0]++;
      sums.get(group[i])[1] += ballot.correct() ? 1 : 0;
    }
    size = new int[sums.size()];
    right = new double[size.length];
    for (int g = 0; g < size.length; g++) {
      size[g] = (int) sums.get(g)[0];
      right[g] = sums.get(g)[1] / size[g];
    }
  }

  /** One vote a sample. */
  Estimate majority(int k, long seed) {
    requireK(k);
    int n = group.length;
    double steps = (n + size.length) * (double) k * k * (1 + Math.log(k));
    if (k < n && (steps > MOST_STEPS || n > MOST_SAMPLES)) {
      double[] ones = new double[n];
      Arrays.fill(ones, 1);
      return sampled(k, ones, seed);
    }
    return new Estimate(k == n ? winner(counts()) : counted(k), true, 0);
  }

  /** As many votes as the sample's weight. */
  Estimate weighted(int k, long seed) {
    requireK(k);
    return subsets(group.length, k) <= MOST_SUBSETS
        ? new Estimate(enumerated(k), true, 0)
        : sampled(k, weight, seed);
  }

  private void requireK(int k) {
    if (k < 1 || k > group.length) {
      throw new CoverageException("k = " + k + " of " + group.length + " votes");
    }
  }

  private double[] counts() {
    double[] counts = new double[size.length];
    for (int g = 0; g < size.length; g++) {
      counts[g] = size[g];
    }
    return counts;
  }

  /**
   * Sums over the number c of votes of the winner: among the ways to choose k samples so that no
   * answer has more than c votes, by the number of answers with exactly c, both the number of ways
   * and the sum over them of the shares of the tied answers.
   */
  private double counted(int k) {
    double total = 0;
    for (int most = 1; most <= k; most++) {
      int ties = k / most;
      double[][] ways = new double[k + 1][ties + 1];
      double[][] shares = new double[k + 1][ties + 1];
      ways[0][0] = 1;
      for (int g = 0; g < size.length; g++) {
        addAnswer(ways, shares, g, most);
      }
      for (int tied = 1; tied <= ties; tied++) {
        total += shares[k][tied] / tied;
      }
    }
    return Math.min(1, total / subsets(group.length, k));
  }

  private void addAnswer(double[][] ways, double[][] shares, int g, int most) {
    int ties = ways[0].length - 1;
    double[] choices = new double[Math.min(size[g], most) + 1];
    for (int votes = 0; votes < choices.length; votes++) {
      choices[votes] = subsets(size[g], votes);
    }
    for (int chosen = ways.length - 1; chosen >= 0; chosen--) {
      for (int tied = ties; tied >= 0; tied--) {
        double way = 0;
        double share = 0;
        for (int votes = 0; votes < Math.min(choices.length, chosen + 1); votes++) {
          if (votes < most) {
            way += choices[votes] * ways[chosen - votes][tied];
            share += choices[votes] * shares[chosen - votes][tied];
          } else if (tied > 0) {
            double before = ways[chosen - votes][tied - 1];
            way += choices[votes] * before;
            share += choices[votes] * (shares[chosen - votes][tied - 1] + right[g] * before);
          }
        }
        ways[chosen][tied] = way;
        shares[chosen][tied] = share;
      }
    }
  }

  private double enumerated(int k) {
    int n = group.length;
    int[] chosen = new int[k];
    for (int i = 0; i < k; i++) {
      chosen[i] = i;
    }
    double sum = 0;
    long subsets = 0;
    while (true) {
      sum += winner(votes(chosen, k, weight));
      subsets++;
      int last = k - 1;
      while (last >= 0 && chosen[last] == n - k + last) {
        last--;
      }
      if (last < 0) {
        return sum / subsets;
      }
      chosen[last]++;
      for (int i = last + 1; i < k; i++) {
        chosen[i] = chosen[i - 1] + 1;
      }
    }
  }

  private Estimate sampled(int k, double[] weights, long seed) {
    RandomGenerator random = Streams.of(seed, k);
    int[] order = new int[group.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    double sum = 0;
    double squares = 0;
    for (int subset = 0; subset < MOST_SUBSETS; subset++) {
      for (int i = 0; i < k; i++) {
        int other = random.nextInt(i, order.length);
        int swapped = order[i];
        order[i] = order[other];
        order[other] = swapped;
      }
      double value = winner(votes(order, k, weights));
      sum += value;
      squares += value * value;
    }
    double mean = sum / MOST_SUBSETS;
    double variance = Math.max(0, squares / MOST_SUBSETS - mean * mean);
    return new Estimate(mean, false, variance / (MOST_SUBSETS - 1));
  }

  private double[] votes(int[] chosen, int k, double[] weights) {
    double[] votes = new double[size.length];
    for (int i = 0; i < k; i++) {
      votes[group[chosen[i]]] += weights[chosen[i]];
    }
    // An answer that nobody chose cannot win, even if all weights are 0.
    boolean[] present = new boolean[size.length];
    for (int i = 0; i < k; i++) {
      present[group[chosen[i]]] = true;
    }
    for (int g = 0; g < votes.length; g++) {
      votes[g] = present[g] ? votes[g] : -1;
    }
    return votes;
  }

  /** Mean share of the answers with the most votes; sums that differ by rounding are tied. */
  private double winner(double[] votes) {
    double most = 0;
    for (double vote : votes) {
      most = Math.max(most, vote);
    }
    double sum = 0;
    int tied = 0;
    for (int g = 0; g < votes.length; g++) {
      if (votes[g] >= 0 && votes[g] >= most * (1 - ROUNDING)) {
        sum += right[g];
        tied++;
      }
    }
    return sum / tied;
  }

  /** Number of subsets of k of n. */
  private static double subsets(int n, int k) {
    double subsets = 1;
    for (int i = 1; i <= Math.min(k, n - k); i++) {
      subsets *= (double) (n - Math.min(k, n - k) + i) / i;
    }
    return subsets;
  }
}
