package io.tailwalk.lab.dyck;

import io.tailwalk.builtin.problem.Problem;
import io.tailwalk.core.random.Streams;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.runs.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Both studies with one model and one series of values.
 *
 * @param plan sizes
 * @param task task of the samplers
 * @param tree the target by enumeration
 * @param values learned values
 * @param seed seed of all randomness
 */
record DyckStudy(DyckPlan plan, Task task, CompletionTree tree, ValueSeries values, long seed) {
  private static final long FRONTIER = 3;
  private static final long EPOCHS = 4;
  private static final long OUTCOME = 5;

  /** A value with its problem and the exact distribution of action-level sampling. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Judged(Problem problem, double[] actionLevel, Bins bins) {}

  private Judged judged(int epoch) {
    var value = new KnownValue(values.after(epoch));
    double[] actionLevel = tree.actionLevel(value);
    return new Judged(task.problem(value), actionLevel, Bins.of(tree, actionLevel));
  }

  /** Accuracy and diversity with the value of the best epoch. */
  Frontier frontier(Workers workers, Watch watch) {
    List<Entrant> all = new ArrayList<>(Entrant.ours());
    all.addAll(Entrant.baselines(plan.grid(), task.verifier().responseLength()));
    Judged judged = judged(values.best());
    List<Point> points = new ArrayList<>();
    for (Entrant entrant : all) {
      watch.step(points.size(), all.size(), "frontier, " + entrant.label());
      long key = Streams.key(seed, FRONTIER, points.size());
      points.add(point(workers, judged, entrant, plan.frontierTokens(), key));
    }
    return new Frontier(points);
  }

  /** Error against the epochs of the value. */
  List<EpochRow> epochs(Workers workers, Watch watch) {
    List<Entrant> all = new ArrayList<>(List.of(Entrant.actionLevel()));
    all.addAll(Entrant.ours());
    List<EpochRow> rows = new ArrayList<>();
    for (int epoch : plan.epochs()) {
      Judged judged = judged(epoch);
      List<Point> points = new ArrayList<>();
      for (Entrant entrant : all) {
        watch.step(
            rows.size() * all.size() + points.size(),
            (long) plan.epochs().size() * all.size(),
            "epoch " + epoch + ", " + entrant.label());
        long key = Streams.key(seed, EPOCHS, epoch, points.size());
        points.add(point(workers, judged, entrant, plan.errorTokens(), key));
      }
      rows.add(
          new EpochRow(
              epoch,
              values.heldOutLoss().get(epoch - 1),
              2 * judged.bins().actionDistance(),
              Arrays.stream(judged.actionLevel()).sum(),
              points));
    }
    return rows;
  }

  /** Outcome-level rejection, which uses no value. */
  Point outcomeLevel(Workers workers) {
    long key = Streams.key(seed, OUTCOME);
    return point(workers, judged(values.best()), Entrant.outcomeLevel(), plan.errorTokens(), key);
  }

  private Point point(Workers workers, Judged judged, Entrant entrant, long tokens, long key) {
    var bench = new Bench(workers, judged.bins(), plan.repeats(), key);
    return Point.of(entrant, bench.trials(judged.problem(), entrant, tokens), judged.bins());
  }
}
