package io.tailwalk.sampling.adaptive;

import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import io.tailwalk.sampling.TargetLaw;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses by itself. A pilot of few particles goes down the tree; from the nodes it expanded a
 * {@link Twist} is learnt; then the rest of the budget goes into what the pilot's figures favour:
 * plain draws from the model where they pass often enough for their price; guided descents with
 * importance weights where the value is all but exact, for they revisit what is known; else the
 * discrete particle filter ({@link ParticleRun}), with the twist if it helps, in a few runs, each
 * with the twist learnt from all before it. A tree that turns out to be small enough to be known
 * whole is read off exactly. {@link Choice} has the figures that decide.
 *
 * <p>The pilot's leaves are part of the sample, with weights that are unbiased for {@code pi tau},
 * as are those of whatever follows: each is unbiased given all before it. Runs of particles are
 * weighted by their sizes; the completions are exact in the limit of many particles.
 *
 * @param pilotShare share of the budget that the pilot takes, in (0, 0.5], at least what 8
 *     particles cost if that is less than a quarter; what it finds counts
 * @param maxParticles the most particles of a run: a model batch; at least 2
 */
public record AutoSampler(double pilotShare, int maxParticles) implements Sampler {
  /** A budget for fewer particles than this is too small for a pilot. */
  private static final double ENOUGH_FOR_PILOT = 8;

  /** Share of the budget that a pilot may take to have {@link Choice#TELLING} particles. */
  private static final double LEAST_PILOT = 0.25;

  private static final int PILOT_PARTICLES = 64;
  private static final int MAX_LEAVES = 4096;

  /** Refuses values outside the ranges. */
  public AutoSampler {
    if (!(pilotShare > 0 && pilotShare <= 0.5) || maxParticles < 2) {
      throw new IllegalArgumentException(
          "pilot must lie in (0, 0.5] and particles must be at least 2, got pilot="
              + pilotShare
              + " particles="
              + maxParticles);
    }
  }

  @Override
  public String name() {
    return "auto";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("pilot", pilotShare);
    params.put("particles", maxParticles);
    return params;
  }

  @Override
  public TargetLaw targetLaw() {
    return TargetLaw.EXACT_IN_THE_LIMIT;
  }

  @Override
  public Sampling run(SamplingProblem problem, RunOptions options, SamplingListener listener) {
    var run = new Run(problem, options, listener);
    if (!run.rootIsAlive()) {
      return run.result(List.of(), List.of(), Optional.empty(), 0, Map.of());
    }
    var filter = new RepeatedRuns(run, maxParticles, MAX_LEAVES);
    var budget = new BudgetShare(run.explorer());
    double perParticle = budget.perParticle();
    if (perParticle * ENOUGH_FOR_PILOT <= 1) {
      filter.pilot(pilotSize(1 / perParticle));
    }
    var choice = Choice.of(filter, budget, run.enumerates());
    if (choice.arm() == Choice.Arm.DRAWS && !filter.isExact()) {
      return WeightedDraws.plain(run).result(run, filter).withNotes(List.of(choice.reason()));
    }
    if (choice.arm() == Choice.Arm.DESCENTS && !filter.isExact()) {
      var descents = WeightedDraws.descents(run);
      if (!descents.exhausted()) {
        return descents.result(run, filter).withNotes(List.of(choice.reason()));
      }
    }
    filter.runToTheEnd();
    return result(run, filter, choice);
  }

  /**
   * The pilot's share of what the budget pays for; a quarter of it, if that is less than tells
   * anything.
   *
   * @param affordable particles; infinite without a limit
   */
  private int pilotSize(double affordable) {
    double size =
        Math.max(pilotShare * affordable, Math.min(LEAST_PILOT * affordable, Choice.TELLING));
    return Math.clamp(Math.round(size), 2, Math.min(PILOT_PARTICLES, maxParticles));
  }

  private static Sampling result(Run run, RepeatedRuns filter, Choice choice) {
    Map<String, Double> counts = new LinkedHashMap<>();
    counts.put("pilot_particles", (double) filter.pilotParticles());
    counts.put("runs", (double) filter.runs());
    counts.put("particles", filter.meanParticles());
    counts.put("residual_variance", filter.learned().varianceBefore());
    counts.put("residual_variance_twisted", filter.learned().varianceAfter());
    LeafSample sample = filter.sample();
    return run.result(
            sample.draws(run.explorer(), run.options().n(), run.options().seed()),
            sample.outcomes(run.explorer()),
            filter.successProbability(),
            filter.effectiveSampleSize(),
            counts)
        .withNotes(List.of(filter.isExact() ? "exact: the whole tree is known" : choice.reason()));
  }
}
