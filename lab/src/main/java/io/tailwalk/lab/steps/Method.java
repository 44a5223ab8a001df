package io.tailwalk.lab.steps;

import io.tailwalk.train.linear.LinearProblem;
import io.tailwalk.train.linear.SequenceTraining;
import io.tailwalk.train.linear.TruncatedDistillation;
import io.tailwalk.train.linear.UpdateRule;
import java.util.stream.IntStream;

/** A training method with the grid of its step sizes; all use the same number of sequences. */
enum Method {
  SGD("SGD", 21, 1),
  NORMALISED("normalised SGD", 7, 8),
  ADAM("Adam", 7, 8),
  TRUNCATED("SGD, gradient cut at log N", 21, 1),
  /** Shown and not judged: the constants of a proof are not made to be used. */
  THEORY("normalised SGD, step of Theorem 5.1", 1, 8);

  /** Gradient norm at which a normalised step has half its length. */
  private static final double LAMBDA = 1;

  private final String label;
  private final int steps;
  private final int batch;

  Method(String label, int steps, int batch) {
    this.label = label;
    this.steps = steps;
    this.batch = batch;
  }

  String label() {
    return label;
  }

  /** Sequences per step. */
  int batch() {
    return batch;
  }

  /**
   * Step sizes, each half of the previous one: from 1/2 for steps of a given length in theta, from
   * 16/B for plain steps; from above harmful sizes to below sizes at which nothing is learned. That
   * of the theory is the only one of its setting.
   */
  double[] grid(Setting setting) {
    LinearProblem problem = setting.problem();
    if (this == THEORY) {
      return new double[] {theory(problem, setting.sequences()).eta()};
    }
    double first = batch > 1 ? 0.5 : 16 / problem.featureBound();
    return IntStream.range(0, steps).mapToDouble(i -> first * Math.pow(2, -i)).toArray();
  }

  /**
   * A training run over this many sequences.
   *
   * @param level the N of the truncation
   */
  SequenceTraining training(LinearProblem problem, double eta, int sequences, double level) {
    return switch (this) {
      case SGD -> SequenceTraining.of(new UpdateRule.Sgd(eta), batch, sequences);
      case NORMALISED ->
          SequenceTraining.of(new UpdateRule.NormalizedSgd(eta, LAMBDA), batch, sequences / batch);
      case ADAM -> SequenceTraining.of(UpdateRule.Adam.of(eta), batch, sequences / batch);
      case TRUNCATED ->
          new SequenceTraining(
              new UpdateRule.Sgd(eta),
              batch,
              sequences,
              new TruncatedDistillation(problem.truth(), Math.log(level)));
      case THEORY -> SequenceTraining.of(theory(problem, sequences), batch, sequences / batch);
    };
  }

  private UpdateRule.NormalizedSgd theory(LinearProblem problem, int sequences) {
    return UpdateRule.NormalizedSgd.ofTheory(
        problem.featureBound(), problem.inherentVariance(), sequences / batch, Setting.LEVEL);
  }
}
