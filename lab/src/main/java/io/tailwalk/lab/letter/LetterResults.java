package io.tailwalk.lab.letter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * All runs, and the figures computed from them.
 *
 * @param plan plan of the runs
 * @param runs all runs
 */
record LetterResults(LetterPlan plan, List<LetterRun> runs) {
  /** Keeps a copy. */
  LetterResults {
    runs = List.copyOf(runs);
  }

  /** The runs of a sampler at an alpha, at most one per pair. */
  List<LetterRun> of(String label, double alpha) {
    return runs.stream().filter(run -> run.is(label, alpha)).toList();
  }

  /** Difference between a sampler and sampling without backtracking, over pairs. */
  Paired gain(String label, double alpha, ToDoubleFunction<LetterRun> figure) {
    return Paired.of(differences(label, alpha, figure));
  }

  /** The difference of each pair, averaged over all alphas at which the pair is complete. */
  Paired meanGain(String label, ToDoubleFunction<LetterRun> figure) {
    double[] means = new double[plan.prompts() * plan.repeats()];
    for (int i = 0; i < means.length; i++) {
      int pair = i;
      means[i] =
          plan.alphas().stream()
              .mapToDouble(alpha -> differences(label, alpha, figure)[pair])
              .filter(difference -> !Double.isNaN(difference))
              .average()
              .orElse(Double.NaN);
    }
    return Paired.of(means);
  }

  /** One number per pair; NaN if the sampler has no run. */
  private double[] differences(String label, double alpha, ToDoubleFunction<LetterRun> figure) {
    double[] these = byPair(label, alpha, figure);
    double[] those = byPair(Contender.ACTION_LEVEL, alpha, figure);
    return IntStream.range(0, these.length).mapToDouble(i -> these[i] - those[i]).toArray();
  }

  private double[] byPair(String label, double alpha, ToDoubleFunction<LetterRun> figure) {
    double[] figures = new double[plan.prompts() * plan.repeats()];
    Arrays.fill(figures, Double.NaN);
    for (LetterRun run : of(label, alpha)) {
      figures[run.prompt() * plan.repeats() + run.repeat()] = figure.applyAsDouble(run);
    }
    return figures;
  }

  /** The mean of a figure of a sampler over the pairs. */
  Paired level(String label, double alpha, ToDoubleFunction<LetterRun> figure) {
    return Paired.of(of(label, alpha).stream().mapToDouble(figure).toArray());
  }

  /**
   * The target's mean log-probability under the model minus that of sampling without backtracking:
   * {@code E_pi*[log pi]} is a ratio of sums over runs with unbiased success probabilities {@code
   * Z_r}, {@code sum Z_r m_r / sum Z_r}, prompt by prompt; the interval is that of the jackknife
   * over repeats, which leaves out one repeat of every prompt at a time.
   */
  Paired targetGain() {
    int repeats = plan.repeats();
    double all = targetGainWithout(-1);
    double[] pseudo = new double[repeats];
    for (int left = 0; left < repeats; left++) {
      pseudo[left] = repeats * all - (repeats - 1) * targetGainWithout(left);
    }
    return Paired.of(pseudo);
  }

  private double targetGainWithout(int repeat) {
    double sum = 0;
    for (int prompt = 0; prompt < plan.prompts(); prompt++) {
      List<LetterRun> weighted = new ArrayList<>();
      double level = 0;
      int count = 0;
      for (LetterRun run : runs) {
        if (run.prompt() != prompt || run.repeat() == repeat) {
          continue;
        }
        if (run.label().equals(Contender.IMPORTANCE) || run.label().equals(Contender.SMC)) {
          weighted.add(run);
        } else if (run.label().equals(Contender.ACTION_LEVEL)) {
          level += run.own();
          count++;
        }
      }
      sum += weightedMean(weighted) - level / count;
    }
    return sum / plan.prompts();
  }

  private static double weightedMean(List<LetterRun> runs) {
    double largest =
        runs.stream().mapToDouble(LetterRun::logMass).filter(Double::isFinite).max().orElse(0);
    double sum = 0;
    double total = 0;
    for (LetterRun run : runs) {
      if (Double.isFinite(run.logMass()) && Double.isFinite(run.own())) {
        double weight = Math.exp(run.logMass() - largest);
        sum += weight * run.own();
        total += weight;
      }
    }
    return sum / total;
  }
}
