package io.tailwalk.sampling.walk;

import io.tailwalk.core.cost.StopReason;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.verify.TargetDistribution;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import io.tailwalk.sampling.estimate.TourEstimates;
import io.tailwalk.sampling.frontier.Closing;
import io.tailwalk.sampling.frontier.IntervalShare;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A walk on the tree as a sampler: tours from root to root until the budget is used, every leaf
 * visit weighted by {@code S(root)}; completions are drawn from all visits. Exact in the limit of
 * many tours; the success probability is unbiased for a number of tours that is set beforehand, and
 * nearly so if the budget ends them. With sampled children the tours use independent copies of the
 * tree in turn.
 *
 * @param name name on the command line
 * @param kernel the walk
 * @param end treatment of active tours when the budget is reached
 * @param parameters of the tours
 * @param intervalShare part of the budget for the interval of the success probability, in [0, 1)
 */
public record WalkSampler(
    String name, WalkKernel kernel, TourEnd end, WalkParameters parameters, double intervalShare)
    implements Sampler {
  /** Refuses shares out of range. */
  public WalkSampler {
    IntervalShare.require(intervalShare);
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    if (kernel instanceof MomentumKernel(double chi)) {
      params.put("chi", chi);
    }
    params.put("form", end.wireName());
    params.put("walks", parameters.walks());
    params.put("copies", parameters.copies());
    params.put("calibrate", parameters.calibrationDescents());
    params.put("tours", parameters.tours());
    params.put("tokens_per_call", parameters.tokensPerCall());
    params.put("interval_share", intervalShare);
    return params;
  }

  @Override
  public TargetDistribution targetDistribution() {
    return TargetDistribution.EXACT_IN_THE_LIMIT;
  }

  @Override
  public Sampling run(SamplingProblem problem, RunOptions options, SamplingListener listener) {
    var run = new Run(problem, options, listener, intervalShare);
    Explorer explorer = run.explorer();
    int copies = run.copies(parameters.copies());
    DepthCalibration.run(run, parameters.calibrationDescents());
    var tours = new ParallelTours(explorer, kernel, parameters, copies, end, options.seed());
    run.stop(tours.run(parameters.tours(), listener));
    return result(run, tours, copies);
  }

  private static Sampling result(Run run, ParallelTours tours, int copies) {
    TourLog log = tours.log();
    boolean numberFixed = run.stopReason() == StopReason.DONE;
    var closing = new Closing(run, TourEstimates.evidence(log, copies, numberFixed));
    closing.spendRest();
    Map<String, Double> counts = new LinkedHashMap<>();
    counts.put("tours", (double) log.size());
    counts.put("unfinished_tours", (double) log.unfinished());
    counts.put("leaf_visits", (double) log.leafVisits());
    counts.put("reflections", (double) tours.turns());
    return run.result(
        tours.leaves().draws(run.explorer(), run.options().n(), run.options().seed()),
        tours.leaves().outcomes(run.explorer()),
        closing,
        TourEstimates.effectiveSampleSize(log),
        counts);
  }
}
