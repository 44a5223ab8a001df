package io.tailwalk.sampling.walk;

import io.tailwalk.core.random.RandomChooser;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.GenerationTree;
import io.tailwalk.core.verify.TargetDistribution;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.Purpose;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import io.tailwalk.sampling.estimate.Evidence;
import io.tailwalk.sampling.frontier.Closing;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Value-guided backtracking as published (arXiv 2510.03149, Algorithm 1): the lazy walk makes T
 * steps from the root; its final node is the result if it is a leaf, otherwise the attempt has
 * failed. Attempts are made until n have succeeded or the budget is used, on one cached tree.
 * Attempts in progress are then finished, so that none is selected for being short. Exact in the
 * limit of large T: the distribution after T steps given a leaf differs from the target by the
 * mixing error. Does not estimate the success probability.
 *
 * @param steps T, lazy steps of an attempt, at least 1
 * @param parameters number of parallel walks, copies of the tree, calibration; {@code tours} limits
 *     the attempts
 */
public record FixedTimeSampler(long steps, WalkParameters parameters) implements Sampler {
  private static final int STEPS_A_TURN = 4096;

  /** Refuses {@code steps < 1}. */
  public FixedTimeSampler {
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be at least 1, got " + steps);
    }
  }

  @Override
  public String name() {
    return "vgb";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("form", "fixed-time");
    params.put("steps", steps);
    params.put("walks", parameters.walks());
    params.put("copies", parameters.copies());
    params.put("calibrate", parameters.calibrationDescents());
    params.put("tours", parameters.tours());
    params.put("tokens_per_call", parameters.tokensPerCall());
    return params;
  }

  @Override
  public TargetDistribution targetDistribution() {
    return TargetDistribution.EXACT_IN_THE_LIMIT;
  }

  @Override
  public Sampling run(SamplingProblem problem, RunOptions options, SamplingListener listener) {
    var run = new Run(problem, options, listener);
    var attempts = new Attempts(run);
    if (run.rootIsAlive()) {
      DepthCalibration.run(run, parameters.calibrationDescents());
      attempts.make();
    }
    Map<String, Double> counts = new LinkedHashMap<>();
    counts.put("attempts", (double) attempts.begun);
    counts.put("accepted", (double) attempts.found.size());
    return run.result(
        attempts.found.draws(run.explorer(), options.n(), options.seed()),
        attempts.found.outcomes(run.explorer()),
        new Closing(run, new Evidence()),
        attempts.found.size(),
        counts);
  }

  /** The attempts of one run, several in parallel. */
  private final class Attempts {
    private final Run run;
    private final Explorer explorer;
    private final @Nullable FixedTimeWalk[] slots = new FixedTimeWalk[parameters.walks()];
    private final LeafSample found = new LeafSample();
    private final BatchFiller filler;
    private final int copies;
    private long begun;

    private Attempts(Run run) {
      this.run = run;
      this.copies = run.copies(parameters.copies());
      this.explorer = run.explorer();
      this.filler = parameters.filler(explorer);
    }

    private void make() {
      int[] wanted = new int[slots.length];
      while (fill() > 0 && run.mayGoOn(1, explorer.tokensPerExpansion())) {
        int count = 0;
        for (int i = 0; i < slots.length; i++) {
          FixedTimeWalk walk = slots[i];
          if (walk == null) {
            continue;
          }
          explorer.meter().addSteps(walk.advance(explorer, STEPS_A_TURN));
          int node = walk.node(explorer);
          if (walk.isDone()) {
            finish(node);
            slots[i] = null;
          } else if (!explorer.tree().isLeaf(node) && !explorer.tree().isExpanded(node)) {
            wanted[count++] = node;
          }
        }
        explorer.expand(wanted, run.affordable(filler.fill(wanted, count)));
      }
    }

    /** Begins attempts in the free slots while more are needed; returns the number in progress. */
    private int fill() {
      boolean more = found.size() < run.options().enough() && begun < parameters.tours();
      for (int i = 0; i < slots.length && more; i++) {
        if (slots[i] == null && run.mayBegin()) {
          slots[i] = begin();
          more = begun < parameters.tours();
        }
      }
      return (int) Arrays.stream(slots).filter(walk -> walk != null).count();
    }

    private FixedTimeWalk begin() {
      int copy = (int) (begun % copies);
      int root = aliveRoot(copy);
      var chooser = new RandomChooser(Streams.of(run.options().seed(), Purpose.MOVES, begun++));
      return new FixedTimeWalk(new VgbKernel(), chooser, root, steps);
    }

    /** The copy, or the next one with positive weight; the run has checked that there is one. */
    private int aliveRoot(int copy) {
      int last = run.enumerates() ? 1 : Math.max(copies, Run.DEAD_ROOTS);
      for (int i = 0; i < last; i++) {
        int root = explorer.root((copy + i) % last);
        if (!explorer.tree().isExpanded(root) && run.affordable(1) == 0) {
          break;
        }
        explorer.expand(new int[] {root}, 1);
        if (explorer.tree().logOut(root) > Double.NEGATIVE_INFINITY) {
          return root;
        }
      }
      return GenerationTree.ROOT;
    }

    private void finish(int node) {
      if (explorer.tree().isLeaf(node)) {
        found.add(node, 1);
        run.completed(node);
      }
    }
  }
}
