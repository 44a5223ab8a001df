package io.tailwalk.lab.masked;

import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.lab.Measured;
import io.tailwalk.sampling.masked.MaskedDraw;
import java.util.stream.DoubleStream;

/**
 * Draws with the samplers themselves, against what was computed.
 *
 * @param length number of positions
 * @param rival the sampler
 * @param evaluations measured evaluations of a draw
 * @param evaluationsComputed the computed mean
 * @param logProb measured log-probability of a rewarded draw under the model
 * @param logProbComputed the computed mean
 */
record Check(
    int length,
    Rival rival,
    Measured evaluations,
    double evaluationsComputed,
    Measured logProb,
    double logProbComputed) {

  static Check of(MaskedTask task, TaskResult computed, Rival rival, int draws, long seed) {
    TaskResult.Row row = computed.row(rival);
    double[] evaluations = new double[draws];
    double[] logProbs = new double[draws];
    for (int i = 0; i < draws; i++) {
      var chooser = new RandomChooser(Streams.of(seed, rival.label().hashCode(), i));
      MaskedDraw draw = rival.draw(task, row.count(), chooser);
      evaluations[i] = draw.evaluations();
      logProbs[i] =
          draw.sequence()
              .map(task::index)
              .filter(state -> task.value(state) > 0)
              .map(state -> Math.log(task.mass(state)))
              .orElse(Double.NaN);
    }
    return new Check(
        task.length(),
        rival,
        Measured.of(evaluations),
        row.evaluations(),
        mean(logProbs),
        row.logProb());
  }

  private static Measured mean(double[] logProbs) {
    double[] rewarded = DoubleStream.of(logProbs).filter(x -> !Double.isNaN(x)).toArray();
    return rewarded.length < 2
        ? new Measured(Double.NaN, Double.POSITIVE_INFINITY)
        : Measured.of(rewarded);
  }

  /** Whether both agree within Monte Carlo error; too few rewarded draws say nothing. */
  boolean holds() {
    return evaluations.agreesWith(evaluationsComputed)
        && (Double.isNaN(logProb.value()) || logProb.agreesWith(logProbComputed));
  }
}
