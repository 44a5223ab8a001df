package io.tailwalk.sampling;

import io.tailwalk.core.cost.CostMeter;
import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.sampling.estimate.Estimate;
import io.tailwalk.sampling.estimate.Intervals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Best-of-N: draws N completions from the model itself and returns the n with the highest reward,
 * first drawn first among equals; rejected ones are never returned. With a pass/fail verifier the
 * passing draws are i.i.d. from {@code pi*}; with graded rewards the maximum is biased towards high
 * reward.
 *
 * @param candidates N; {@link Integer#MAX_VALUE} draws until the budget is used
 * @param parallel drawn at the same time, one model batch a token
 */
public record BestOfNSampler(int candidates, int parallel) implements Sampler {
  /** Refuses sizes below 1. */
  public BestOfNSampler {
    if (candidates < 1 || parallel < 1) {
      throw new IllegalArgumentException(
          "candidates and parallel must be at least 1, got " + candidates + " and " + parallel);
    }
  }

  @Override
  public String name() {
    return "best-of-n";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    if (candidates < Integer.MAX_VALUE) {
      params.put("candidates", candidates);
    }
    params.put("parallel", parallel);
    return params;
  }

  @Override
  public TargetLaw targetLaw() {
    return TargetLaw.BIASED;
  }

  @Override
  public Sampling run(SamplingProblem problem, RunOptions options, SamplingListener listener) {
    var meter = new CostMeter(options.nanoClock());
    var spec = problem.treeSpec(Streams.key(options.seed(), Purpose.TREE));
    var explorer = new Explorer(spec, problem.context(), options.budget(), meter);
    var drawn = new LeafSample();
    StopReason stopReason = StopReason.DONE;
    while (drawn.size() < candidates) {
      Optional<StopReason> reached = explorer.budgetReached();
      if (reached.isPresent() || listener.cancelled()) {
        stopReason = reached.orElse(StopReason.CANCELLED);
        break;
      }
      drawBatch(explorer, drawn, options.seed(), listener);
      listener.onProgress(meter.cost());
    }
    return result(explorer, drawn, options, stopReason);
  }

  /** Draws whole completions side by side; candidate i has its own random stream. */
  private void drawBatch(
      Explorer explorer, LeafSample drawn, long seed, SamplingListener listener) {
    int count = Math.min(parallel, candidates - drawn.size());
    Chooser[] choosers = new Chooser[count];
    int[] at = new int[count];
    for (int i = 0; i < count; i++) {
      choosers[i] = new RandomChooser(Streams.of(seed, Purpose.MOVES, drawn.size() + i));
      at[i] = explorer.root(0);
    }
    int[] open = new int[count];
    for (int size = count; size > 0; ) {
      size = 0;
      for (int node : at) {
        if (!explorer.tree().isLeaf(node)) {
          open[size++] = node;
        }
      }
      explorer.evaluate(open, size);
      for (int i = 0; i < count; i++) {
        if (!explorer.tree().isLeaf(at[i])) {
          at[i] = explorer.drawToken(at[i], choosers[i]);
          explorer.meter().addSteps(1);
        }
      }
    }
    explorer.value(at, count);
    for (int leaf : at) {
      double tau = Math.exp(explorer.logValue(leaf));
      drawn.add(leaf, tau);
      if (tau > 0) {
        listener.onCompletion(LeafSample.completion(explorer, leaf));
      }
    }
  }

  private static Sampling result(
      Explorer explorer, LeafSample drawn, RunOptions options, StopReason stopReason) {
    List<Integer> order = new ArrayList<>();
    long passed = 0;
    boolean graded = false;
    for (int i = 0; i < drawn.size(); i++) {
      double tau = drawn.weight(i);
      graded |= tau != 0 && tau != 1;
      if (tau > 0) {
        passed++;
        order.add(i);
      }
    }
    order.sort(Comparator.comparingDouble(i -> -drawn.weight(i)));
    List<Completion> best =
        order.stream()
            .limit(options.n())
            .map(i -> LeafSample.completion(explorer, drawn.leaf(i)))
            .toList();
    Map<String, Double> counts = new LinkedHashMap<>();
    counts.put("drawn", (double) drawn.size());
    counts.put("accepted", (double) passed);
    return new Sampling(
        best,
        drawn.outcomes(explorer),
        successMass(drawn, passed, graded),
        new Diagnostics(drawn.kishSize(), counts),
        explorer.meter().cost(),
        stopReason);
  }

  private static Optional<Estimate> successMass(LeafSample drawn, long passed, boolean graded) {
    if (drawn.size() == 0) {
      return Optional.empty();
    }
    if (!graded) {
      return Optional.of(Intervals.binomial(passed, drawn.size(), "Clopper-Pearson over draws"));
    }
    double[] rewards = new double[drawn.size()];
    for (int i = 0; i < rewards.length; i++) {
      rewards[i] = drawn.weight(i);
    }
    return Optional.of(Intervals.positiveMean(rewards, true, "mean over draws"));
  }
}
