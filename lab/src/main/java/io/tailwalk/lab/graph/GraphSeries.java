package io.tailwalk.lab.graph;

import io.tailwalk.builtin.graph.GraphMixture;
import io.tailwalk.builtin.graph.GraphTask;
import io.tailwalk.lab.Scale;
import io.tailwalk.runs.work.Watch;
import io.tailwalk.train.model.TransformerConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints of the fine-tuning run of {@link CoverageVsCe}, for experiments that begin from them.
 *
 * @param model shape of the model
 * @param data the task that the model is fine-tuned on
 * @param rare the same graphs with the rare rule alone
 * @param points the checkpoints, the base first, the last of the run last
 */
public record GraphSeries(
    TransformerConfig model, GraphTask data, GraphTask rare, List<Point> points) {
  /** Keeps a copy. */
  public GraphSeries {
    points = List.copyOf(points);
  }

  /**
   * A checkpoint.
   *
   * @param step step of fine-tuning; 0 is the base
   * @param values all parameters; never modified
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Point(long step, float[] values) {}

  /**
   * Fine-tunes as {@link CoverageVsCe} does with the same scale and seed.
   *
   * @param folder folder from which training resumes; null for none
   * @param intervals number of equal intervals of the run whose ends are kept; a divisor of the
   *     number of its checkpoints, else the nearest larger spacing is used
   */
  public static GraphSeries of(
      Scale scale, long seed, @Nullable Path folder, int intervals, Watch watch) {
    GraphPlan plan = GraphPlan.of(scale);
    var training = new GraphTraining(plan, seed, folder, watch);
    List<Snapshot> all =
        training.fineTune(plan.shipped() ? ShippedBase.values(plan) : training.base());
    int every = Math.ceilDiv(all.size() - 1, intervals);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (i % every == 0 || i == all.size() - 1) {
        points.add(new Point(all.get(i).step(), all.get(i).values()));
      }
    }
    GraphTask data = plan.fineTuning().task();
    List<GraphMixture> rules = data.mixture().each();
    return new GraphSeries(plan.model(), data, new GraphTask(data.shape(), rules.get(1)), points);
  }
}
