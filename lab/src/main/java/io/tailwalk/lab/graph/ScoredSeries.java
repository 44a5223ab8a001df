package io.tailwalk.lab.graph;

import io.tailwalk.core.random.Streams;
import io.tailwalk.coverage.NGrid;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.runs.work.Workers;
import io.tailwalk.train.data.Example;
import io.tailwalk.train.evaluate.CoverageEvaluation;
import io.tailwalk.train.evaluate.CoverageReport;
import io.tailwalk.train.evaluate.HeldOutPrompt;
import io.tailwalk.train.model.Transformer;
import io.tailwalk.train.torch.TorchEngine;
import java.util.ArrayList;
import java.util.List;

/**
 * A series of checkpoints scored on two sets of held-out prompts: one for choosing a checkpoint,
 * one for judging all of them.
 *
 * @param choosing reports on the first set, checkpoint by checkpoint
 * @param judging reports on the second
 */
record ScoredSeries(List<CoverageReport> choosing, List<CoverageReport> judging) {
  /** Levels of the profile. */
  static final List<Double> FACTORS = List.of(2.0, 3.0, 4.0, 6.0, 8.0);

  /** Attempts; each corresponds to the factor of {@link #factorFor}. */
  static final List<Integer> ATTEMPTS = List.of(4, 8, 12, 16);

  private static final long CHOOSING = 0xC400;
  private static final long JUDGING = 0x1D6E;
  private static final int SIDE_BY_SIDE = 64;

  /** Keeps copies. */
  ScoredSeries {
    choosing = List.copyOf(choosing);
    judging = List.copyOf(judging);
  }

  /** The factor whose coverage is compared with pass@N: N/2, as in the paper's figure. */
  static double factorFor(int attempts) {
    return attempts / 2.0;
  }

  /** Number of prompts on which checkpoints are judged. */
  static int judged(GraphPlan plan) {
    return 2 * plan.heldOut();
  }

  /** Number of prompts on which the choices are made. */
  int choosingPrompts() {
    return choosing.getFirst().logProbs().size();
  }

  /** Number of prompts on which the checkpoints of this series are judged. */
  int judgingPrompts() {
    return judging.getFirst().logProbs().size();
  }

  /** Seed of the prompts on which checkpoints are judged. */
  static long judgingSeed(long seed) {
    return Streams.key(seed, JUDGING);
  }

  /** Scores all snapshots, several at the same time. */
  static ScoredSeries of(
      GraphPlan plan, List<Snapshot> snapshots, long seed, int threads, Watch watch) {
    CoverageEvaluation choosing = evaluation(plan, plan.heldOut(), Streams.key(seed, CHOOSING));
    CoverageEvaluation judging = evaluation(plan, judged(plan), judgingSeed(seed));
    List<Example> all = new ArrayList<>(choosing.examples());
    all.addAll(judging.examples());
    try (Workers workers = new Workers(threads)) {
      List<double[]> scores =
          workers.map(
              snapshots.size(),
              i -> scores(plan, snapshots.get(i), all),
              watch,
              i -> "scores of " + snapshots.get(i).name());
      List<CoverageReport> chosen = new ArrayList<>();
      List<CoverageReport> judged = new ArrayList<>();
      for (int i = 0; i < scores.size(); i++) {
        long step = snapshots.get(i).step();
        double[] both = scores.get(i);
        int middle = choosing.examples().size();
        chosen.add(choosing.of(step, java.util.Arrays.copyOf(both, middle)));
        judged.add(judging.of(step, java.util.Arrays.copyOfRange(both, middle, both.length)));
      }
      return new ScoredSeries(chosen, judged);
    }
  }

  private static CoverageEvaluation evaluation(GraphPlan plan, int count, long seed) {
    List<HeldOutPrompt> prompts = GraphExamples.heldOut(plan.fineTuning().task(), count, seed);
    double[] factors = FACTORS.stream().mapToDouble(Double::doubleValue).toArray();
    return new CoverageEvaluation(prompts, NGrid.of(factors), ATTEMPTS);
  }

  /** Each thread has its own model and lets PyTorch use one thread only. */
  private static double[] scores(GraphPlan plan, Snapshot snapshot, List<Example> examples) {
    TorchEngine.useThreads(1);
    try (Transformer model = Transformer.of(plan.model(), snapshot.values())) {
      double[] scores = model.sequenceLogProbs(examples, SIDE_BY_SIDE);
      for (int i = 0; i < scores.length; i++) {
        scores[i] = Math.min(0, scores[i]);
      }
      return scores;
    }
  }

  /** Number of checkpoints. */
  int size() {
    return judging.size();
  }

  /** The step of a checkpoint. */
  long step(int checkpoint) {
    return judging.get(checkpoint).step();
  }

  /** Coverage at a factor, checkpoint by checkpoint. */
  static List<Double> coverage(List<CoverageReport> reports, double factor) {
    int k = FACTORS.indexOf(factor);
    return reports.stream().map(report -> report.coverage().get(k)).toList();
  }

  /** Pass@N on the judging set, checkpoint by checkpoint. */
  List<Double> pass(int attempts) {
    int k = ATTEMPTS.indexOf(attempts);
    return judging.stream().map(report -> report.pass().get(k)).toList();
  }

  /** KL on the judging set, checkpoint by checkpoint. */
  List<Double> kl() {
    return judging.stream().map(CoverageReport::kl).toList();
  }

  /** Probability that at least one of this many draws is the right path, prompt by prompt. */
  double[] passByPrompt(int checkpoint, int attempts) {
    return judging.get(checkpoint).logProbs().stream()
        .mapToDouble(logProb -> -Math.expm1(attempts * Math.log1p(-Math.exp(logProb))))
        .toArray();
  }
}
