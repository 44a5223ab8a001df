package io.tailwalk.sampling.frontier;

import io.tailwalk.core.tree.Frontier;
import io.tailwalk.core.tree.FrontierNode;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.estimate.FrontierUnits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The complete responses seen, with weights: a response counts {@code pi tau} in every draw that
 * began after it was found, and the draw's own weight in the draws that found it. Averaged over
 * draws with {@link FrontierUnits}' weights, every response's expected weight is {@code pi tau}.
 */
public final class FrontierSample {
  private final Frontier frontier;
  private final FrontierUnits units;

  /** Number of draws begun when a node was entered; nodes of the earlier tree are 0. */
  private final Map<FrontierNode, Long> enteredAt = new LinkedHashMap<>();

  private final List<List<Draw.Visit>> visits = new ArrayList<>();

  FrontierSample(Frontier frontier, FrontierUnits units) {
    this.frontier = frontier;
    this.units = units;
    frontier.nodes().forEach(node -> enteredAt.put(node, 0L));
  }

  void entered(FrontierNode node, long draws) {
    enteredAt.put(node, draws);
  }

  void drawn(List<Draw.Visit> visited) {
    visits.add(visited);
  }

  /**
   * The responses.
   *
   * @param plainShare probability of a plain draw
   * @param leavesPerNode maximal number of responses of one node, chosen without bias if there are
   *     more
   */
  public LeafSample leaves(Run run, double plainShare, int leavesPerNode) {
    double[] weights = units.stratified(plainShare);
    double total = 0;
    double[] later = new double[weights.length + 1];
    for (int t = weights.length - 1; t >= 0; t--) {
      total += weights[t];
      later[t] = total;
    }
    Map<FrontierNode, Double> counts = new LinkedHashMap<>();
    double all = weights.length == 0 ? 1 : total;
    for (Map.Entry<FrontierNode, Long> entry : enteredAt.entrySet()) {
      int from = (int) Math.min(entry.getValue(), weights.length);
      double share = weights.length == 0 ? 1 : later[from] / all;
      counts.put(entry.getKey(), Math.exp(entry.getKey().logPi()) * share);
    }
    for (int t = 0; t < weights.length; t++) {
      for (Draw.Visit visit : visits.get(t)) {
        counts.merge(visit.node(), Math.exp(visit.logWeight()) * weights[t] / all, Double::sum);
      }
    }
    var sample = new LeafSample();
    counts.forEach((node, count) ->
        CompleteChildren.add(run, node.node(), Math.log(count), leavesPerNode, sample));
    return sample;
  }

  /** The rest of the frontier. */
  public Frontier frontier() {
    return frontier;
  }
}
