package io.tailwalk.sampling.search;

import io.tailwalk.core.tree.Children;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.core.verify.TargetDistribution;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import io.tailwalk.sampling.estimate.Evidence;
import io.tailwalk.sampling.frontier.Closing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Beam search: keeps the {@code beam_width} prefixes of highest {@code pi(v) V(v)} of each length,
 * including complete responses with {@code pi tau}, until all are complete. Deterministic with
 * enumerated children; it returns the few distinct completions of the last beam, best first.
 * Biased: it searches for the mode and does not sample, and is insufficient even with exact values
 * (arXiv 2510.03149, App. C).
 *
 * @param beamWidth prefixes kept, at least 1
 */
public record BeamSampler(int beamWidth) implements Sampler {
  /** Refuses widths below 1. */
  public BeamSampler {
    if (beamWidth < 1) {
      throw new IllegalArgumentException("beam_width must be at least 1, got " + beamWidth);
    }
  }

  /**
   * A candidate prefix.
   *
   * @param parent the node it extends, or the node itself if it is complete
   * @param slot slot of the child, or -1 if the node is complete
   * @param logScore {@code log pi V}
   */
  private record Entry(int parent, int slot, double logScore) {}

  @Override
  public String name() {
    return "beam";
  }

  @Override
  public Map<String, Object> params() {
    return Map.of("beam_width", beamWidth);
  }

  @Override
  public TargetDistribution targetDistribution() {
    return TargetDistribution.BIASED;
  }

  @Override
  public Sampling run(SamplingProblem problem, RunOptions options, SamplingListener listener) {
    var run = new Run(problem, options, listener);
    var found = new LeafSample();
    if (run.mayBegin() && run.rootIsAlive()) {
      search(run, found);
    }
    return run.result(
        found.heaviest(run.explorer(), options.n()),
        found.outcomes(run.explorer()),
        new Closing(run, new Evidence()),
        found.size() == 0 ? 0 : 1,
        Map.of("accepted", (double) found.size()));
  }

  private void search(Run run, LeafSample found) {
    Explorer explorer = run.explorer();
    GenerationTree tree = explorer.tree();
    int[] beam = {explorer.root(0)};
    int[] open = beam;
    while (open.length > 0) {
      long tokens = (long) open.length * explorer.tokensPerExpansion();
      if (!run.mayGoOn(open.length, tokens)) {
        return;
      }
      explorer.expand(open, open.length);
      explorer.meter().addSteps(open.length);
      beam = best(run, beam);
      open = java.util.Arrays.stream(beam).filter(node -> !tree.isLeaf(node)).toArray();
    }
    for (int leaf : beam) {
      found.addLog(leaf, tree.logPi(leaf) + explorer.logValue(leaf));
      run.completed(leaf);
    }
    if (beam.length == 0) {
      run.noneSurvived();
    }
  }

  /** The next beam; for equal scores the earlier prefix and child are kept. */
  private int[] best(Run run, int[] beam) {
    Explorer explorer = run.explorer();
    List<Entry> entries = new ArrayList<>();
    for (int node : beam) {
      if (explorer.tree().isLeaf(node)) {
        entries.add(new Entry(node, -1, explorer.tree().logPi(node) + explorer.logValue(node)));
      } else {
        addChildren(run, node, entries);
      }
    }
    return entries.stream()
        .sorted(Comparator.comparingDouble(entry -> -entry.logScore()))
        .limit(beamWidth)
        .mapToInt(entry ->
            entry.slot() < 0 ? entry.parent() : explorer.childAt(entry.parent(), entry.slot()))
        .toArray();
  }

  private static void addChildren(Run run, int node, List<Entry> entries) {
    GenerationTree tree = run.explorer().tree();
    Children children = Objects.requireNonNull(tree.children(node));
    for (int slot = 0; slot < children.count(); slot++) {
      if (children.logWeight(slot) > Double.NEGATIVE_INFINITY) {
        entries.add(new Entry(node, slot, logScore(run, node, children, slot)));
      }
    }
  }

  /** Sampled children are scored by the model's probability, not by their share of the draws. */
  private static double logScore(Run run, int node, Children children, int slot) {
    GenerationTree tree = run.explorer().tree();
    if (run.enumerates()) {
      return tree.logPi(node) + children.logWeight(slot);
    }
    int child = run.explorer().childAt(node, slot);
    return tree.logPi(child) + tree.logValue(child);
  }
}
