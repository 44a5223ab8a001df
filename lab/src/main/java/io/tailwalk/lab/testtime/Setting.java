package io.tailwalk.lab.testtime;

import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.train.linear.Constructions;
import io.tailwalk.train.linear.DataSource;
import io.tailwalk.train.linear.LinearProblem;
import io.tailwalk.train.linear.SequenceTraining;
import io.tailwalk.train.linear.TestTimeDistribution;
import io.tailwalk.train.linear.TokenUpdates;
import io.tailwalk.train.linear.UpdateRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Skills of power-law frequency, each with its own direction, at one horizon and training length.
 *
 * @param horizon H
 * @param sequences T
 */
record Setting(int horizon, int sequences) {
  /** The N of the coverage. */
  static final double LEVEL = 64;

  private static final int SKILLS = 64;
  private static final double POWER = 1.3;
  private static final double BOUND = 3;
  private static final double SIZE = 0.9;
  private static final int GRID = 14;
  private static final int CHECKPOINTS = 4;

  LinearProblem problem(long seed) {
    RandomGenerator random = Streams.of(seed, 0x77);
    double[] thetaStar = new double[SKILLS];
    Arrays.setAll(thetaStar, _ -> random.nextBoolean() ? SIZE : -SIZE);
    return Constructions.skills(Constructions.powerLaw(SKILLS, POWER), horizon, BOUND, thetaStar);
  }

  /** Step sizes of the rivals: from 2/B^2, each half of the previous one. */
  static double[] grid() {
    return IntStream.range(0, GRID)
        .mapToDouble(i -> 2 / (BOUND * BOUND) * Math.pow(2, -i))
        .toArray();
  }

  /** The largest step that Theorem 6.1 allows, {@code 1/(2 B^2)}. */
  static double largestStep() {
    return 1 / (2 * BOUND * BOUND);
  }

  /** {@code sqrt(sigma*^2/T) + B^2/T}, the rate of Theorem 6.1 for KL. */
  double rate(long seed) {
    return Math.sqrt(problem(seed).inherentVariance() / sequences) + BOUND * BOUND / sequences;
  }

  /**
   * The scores of one run of all methods, each the mean over checkpoints of the second half.
   *
   * @param testTime token-level SGD with updates at test time at the largest step
   * @param testTimeTheory token-level SGD with updates at test time at the step of the theorem
   * @param token token-level SGD without updates at test time, by step size
   * @param sequence sequence-level SGD, by step size
   */
  record Run(Score testTime, Score testTimeTheory, List<Score> token, List<Score> sequence) {
    static Run mean(List<Run> runs) {
      List<Score> token = new ArrayList<>();
      List<Score> sequence = new ArrayList<>();
      for (int i = 0; i < GRID; i++) {
        int step = i;
        token.add(Score.mean(runs.stream().map(run -> run.token.get(step)).toList()));
        sequence.add(Score.mean(runs.stream().map(run -> run.sequence.get(step)).toList()));
      }
      return new Run(
          Score.mean(runs.stream().map(Run::testTime).toList()),
          Score.mean(runs.stream().map(Run::testTimeTheory).toList()),
          token,
          sequence);
    }

    /** Least Cov_N of all rivals at all step sizes. */
    double bestRival() {
      return Math.min(best(token), best(sequence));
    }

    static double best(List<Score> scores) {
      return scores.stream().mapToDouble(Score::coverage).min().orElseThrow();
    }
  }

  /** Trains and scores once. */
  Run run(long seed, int repeat, int draws) {
    LinearProblem problem = problem(seed);
    var scorer = new Scorer(problem, LEVEL, draws);
    long key = Streams.key(seed, horizon, sequences, repeat);
    double theory = TokenUpdates.etaOfTheory(BOUND, problem.inherentVariance(), sequences);
    List<Score> token = new ArrayList<>();
    List<Score> sequence = new ArrayList<>();
    for (double eta : grid()) {
      token.add(Score.mean(token(problem, key, eta).stream().map(scorer::model).toList()));
      sequence.add(Score.mean(sequence(problem, key, eta).stream().map(scorer::model).toList()));
    }
    return new Run(
        testTime(problem, scorer, key, largestStep()),
        testTime(problem, scorer, key, theory),
        token,
        sequence);
  }

  private Score testTime(LinearProblem problem, Scorer scorer, long key, double eta) {
    var updates = new TokenUpdates(problem.features(), problem.domain(), eta);
    List<Score> scores = new ArrayList<>();
    for (double[] theta : token(problem, key, eta)) {
      scores.add(
          scorer.distribution(
              new TestTimeDistribution(updates, theta), Streams.key(key, 1, scores.size())));
    }
    return Score.mean(scores);
  }

  private List<double[]> token(LinearProblem problem, long key, double eta) {
    List<double[]> kept = new ArrayList<>();
    new TokenUpdates(problem.features(), problem.domain(), eta)
        .train(data(problem, key), sequences, new double[SKILLS], keeper(kept));
    return kept;
  }

  private List<double[]> sequence(LinearProblem problem, long key, double eta) {
    List<double[]> kept = new ArrayList<>();
    SequenceTraining.of(new UpdateRule.Sgd(eta), 1, sequences)
        .run(problem, data(problem, key), new double[SKILLS], keeper(kept));
    return kept;
  }

  private static DataSource data(LinearProblem problem, long key) {
    return new DataSource(problem, new RandomChooser(Streams.of(key, 0)));
  }

  private SequenceTraining.Iterates keeper(List<double[]> kept) {
    int every = Math.max(1, sequences / (2 * CHECKPOINTS));
    return (step, theta) -> {
      if (2 * step > sequences && step % every == 0) {
        kept.add(theta);
      }
    };
  }
}
