package io.tailwalk.lab.graph;

import io.tailwalk.builtin.graph.GraphMixture;
import io.tailwalk.builtin.graph.GraphShape;
import io.tailwalk.builtin.graph.GraphTask;
import io.tailwalk.core.random.Streams;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.train.evaluate.CoverageEvaluation;
import io.tailwalk.train.evaluate.CoverageReport;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Checkpoints of a model that knows the paths and cannot tell the rules apart: it gives the common
 * rule's path p and the rare one's q, each blurred prompt by prompt; the rare one's more, the more
 * the model has given it up.
 */
final class ToySeries {
  private static final int PROMPTS = 1024;
  private static final double BLUR = 0.1;

  /** Additional blur of the rare rule's path once the model has given it up everywhere. */
  private static final double GIVEN_UP = 0.8;

  private ToySeries() {}

  /** A checkpoint. */
  record Belief(double p, double q) {}

  static ScoredSeries of(List<Belief> beliefs, long seed) {
    return new ScoredSeries(reports(beliefs, seed), reports(beliefs, seed + 1000));
  }

  private static List<CoverageReport> reports(List<Belief> beliefs, long seed) {
    var task = new GraphTask(new GraphShape(4, 3, 16), GraphMixture.ofRules(2, 0.9, 0.1, 0));
    var evaluation =
        new CoverageEvaluation(
            GraphExamples.heldOut(task, PROMPTS, seed),
            NGrid.of(ScoredSeries.FACTORS.stream().mapToDouble(n -> n).toArray()),
            ScoredSeries.ATTEMPTS);
    List<CoverageReport> reports = new ArrayList<>();
    for (int i = 0; i < beliefs.size(); i++) {
      double[] scores = new double[PROMPTS];
      for (int k = 0; k < PROMPTS; k++) {
        RandomGenerator random = Streams.of(seed, 7, k);
        boolean common = random.nextInt(10) > 0;
        double belief = common ? beliefs.get(i).p() : beliefs.get(i).q();
        double blur = common ? BLUR : BLUR + GIVEN_UP * Math.max(0, 1 - 2 * belief);
        scores[k] = Math.min(-1e-3, Math.log(belief) + blur * random.nextGaussian());
      }
      reports.add(evaluation.of(20L * i, scores));
    }
    return reports;
  }
}
