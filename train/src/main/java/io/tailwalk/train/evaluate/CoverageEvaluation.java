package io.tailwalk.train.evaluate;

import io.tailwalk.coverage.NGrid;
import io.tailwalk.train.data.Example;
import io.tailwalk.values.LearningException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Measures models against data with a known distribution: KL, coverage profile (arXiv 2510.15020,
 * Definition 1.1) and pass@N. Pass@N follows from the model's probability {@code p} of the accepted
 * responses as {@code 1 - (1 - p)^N}, without drawing.
 */
public final class CoverageEvaluation {
  private final List<HeldOutPrompt> prompts;
  private final List<Example> examples;
  private final NGrid grid;
  private final List<Integer> passLevels;

  /**
   * An evaluation on held-out data.
   *
   * @param grid levels of the profile
   * @param passLevels numbers of attempts, each at least 1
   */
  public CoverageEvaluation(List<HeldOutPrompt> prompts, NGrid grid, List<Integer> passLevels) {
    if (prompts.isEmpty()) {
      throw new LearningException("there is no held-out prompt; give at least one");
    }
    if (passLevels.stream().anyMatch(n -> n < 1)) {
      throw new LearningException("pass@N needs N of at least 1, got " + passLevels);
    }
    this.prompts = List.copyOf(prompts);
    this.examples =
        prompts.stream()
            .flatMap(p -> p.responses().stream())
            .map(HeldOutResponse::example)
            .toList();
    this.grid = grid;
    this.passLevels = List.copyOf(passLevels);
  }

  /** Every held-out response, prompt after prompt. */
  public List<Example> examples() {
    return examples;
  }

  /**
   * The report of a model.
   *
   * @param step steps of training so far
   * @param scores the scorer of log-probabilities (nats) of given responses
   */
  public CoverageReport of(long step, Function<List<Example>, double[]> scores) {
    return of(step, scores.apply(examples));
  }

  /**
   * The report of a model.
   *
   * @param step steps of training so far
   * @param logProbs of {@link #examples}, nats
   */
  public CoverageReport of(long step, double[] logProbs) {
    if (logProbs.length != examples.size()) {
      throw new IllegalArgumentException(logProbs.length + " scores for " + examples.size());
    }
    double crossEntropy = 0;
    double kl = 0;
    double[] coverage = new double[grid.size()];
    double[] pass = new double[passLevels.size()];
    boolean judged = false;
    int next = 0;
    for (HeldOutPrompt prompt : prompts) {
      double accepted = 0;
      for (HeldOutResponse response : prompt.responses()) {
        double logProb = logProbs[next++];
        if (response.weight() > 0) {
          double ratio = response.logProb() - logProb;
          crossEntropy -= response.weight() * logProb;
          kl += response.weight() * ratio;
          for (int k = 0; k < grid.reached(response.logProb(), logProb); k++) {
            coverage[k] += response.weight();
          }
        }
        if (response.accepted()) {
          judged = true;
          accepted += Math.exp(logProb);
        }
      }
      for (int k = 0; k < pass.length; k++) {
        pass[k] += -Math.expm1(passLevels.get(k) * Math.log1p(-Math.min(1, accepted)));
      }
    }
    int n = prompts.size();
    return new CoverageReport(
        step,
        crossEntropy / n,
        kl / n,
        grid,
        means(coverage, n),
        judged ? passLevels : List.of(),
        judged ? means(pass, n) : List.of(),
        Arrays.stream(logProbs).boxed().toList());
  }

  private static List<Double> means(double[] sums, int n) {
    List<Double> means = new ArrayList<>();
    for (double sum : sums) {
      means.add(sum / n);
    }
    return means;
  }
}
