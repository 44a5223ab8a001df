package io.tailwalk.sampling.adaptive;

import io.tailwalk.core.verify.TargetDistribution;
import io.tailwalk.sampling.BudgetShare;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.Least;
import io.tailwalk.sampling.Lineages;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.RunOptions;
import io.tailwalk.sampling.Sampler;
import io.tailwalk.sampling.Sampling;
import io.tailwalk.sampling.SamplingListener;
import io.tailwalk.sampling.SamplingProblem;
import io.tailwalk.sampling.estimate.Evidence;
import io.tailwalk.sampling.frontier.Closing;
import io.tailwalk.sampling.frontier.IntervalShare;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses the method automatically. A pilot of few particles descends the tree; its figures then
 * decide the use of the budget: frontier draws ({@link Closing}) if plain draws from the model
 * would see the target often enough to bound it; otherwise a few runs of the discrete particle
 * filter ({@link ParticleRun}), with a {@link Twist} learnt from the nodes expanded so far if it
 * helps, and frontier draws with the part of the budget reserved for the interval. {@link Choice}
 * has the figures that decide.
 *
 * <p>The pilot's leaves are part of the sample, with weights that are unbiased for {@code pi tau},
 * as are those of all later units: each is unbiased given the past, so the choice by the pilot adds
 * no bias. Where later runs look ahead ({@link StateChain}) and the pilot could not, it is left out
 * as too noisy for its size, whatever it found. Runs of particles are weighted by their sizes; the
 * completions are exact in the limit of many particles or draws.
 *
 * @param pilotShare share of the budget for the pilot, in (0, 0.5], at least the cost of 8
 *     particles if that is less than a quarter; its results count unless later runs look ahead
 * @param maxParticles the maximal number of particles of a run: a model batch; at least 2; fewer
 *     are used if the model {@linkplain io.tailwalk.core.model.ModelContext#heldBranches holds}
 *     fewer branches, because each particle beyond costs whole prefixes
 * @param intervalShare part of the budget for the interval of the success probability if particles
 *     use the rest, in [0, 1)
 */
public record AutoSampler(double pilotShare, int maxParticles, double intervalShare)
    implements Sampler {
  /** Default share of the budget for the pilot. */
  public static final double PILOT = 0.05;

  /** Default for the maximal number of particles of a run. */
  public static final int PARTICLES = 256;

  /** Default part of the budget for the interval. */
  public static final double INTERVAL_SHARE = 0.15;

  /** A budget for fewer particles is too small for a pilot. */
  private static final double ENOUGH_FOR_PILOT = 8;

  /** Share of the budget that a pilot may use to have {@link Choice#TELLING} particles. */
  private static final double LEAST_PILOT = 0.25;

  private static final int PILOT_PARTICLES = 64;
  private static final int MAX_LEAVES = 4096;

  /** Refuses values outside the ranges. */
  public AutoSampler {
    if (!(pilotShare > 0 && pilotShare <= 0.5)) {
      throw new IllegalArgumentException("pilot must lie in (0, 0.5], got " + pilotShare);
    }
    Least.require("particles", maxParticles, 2);
    IntervalShare.require(intervalShare);
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
    if (!run.rootIsAlive()) {
      var closing = new Closing(run, new Evidence());
      closing.spendRest();
      return sampling(run, closing, new LeafSample(), Map.of(), List.of());
    }
    // A level may have one more prefix than particles.
    int held = Math.max(2, problem.context().heldBranches() - 1);
    var filter = new RepeatedRuns(run, Math.min(maxParticles, held), MAX_LEAVES);
    var budget = new BudgetShare(run.explorer());
    double perParticle = budget.perParticle();
    if (perParticle * ENOUGH_FOR_PILOT <= 1) {
      filter.pilot(pilotSize(1 / perParticle));
    }
    var choice = Choice.of(filter, budget, run.enumerates(), problem.maxTokens());
    boolean particles = choice.arm() == Choice.Arm.PARTICLES;
    if (particles) {
      filter.runToTheEnd();
    }
    Evidence evidence = filter.evidence();
    // Every part of the budget counts by its size, whatever it found: a pilot that found much is
    // what leads to draws, and must not be the estimate because of that.
    double spent = budget.of(run.explorer().meter().cost()) * (1 - intervalShare);
    double ofPilot = filter.looksAhead() ? 0 : spent;
    evidence.besideUnits(particles ? 1 : ofPilot, filter.spread() / filter.pilotParticles());
    var closing = new Closing(run, evidence);
    if (particles) {
      closing.spendRest();
    } else {
      closing.spendAll(filter.guide());
    }
    return sampling(run, closing, filter.sample(), counts(filter), List.of(choice.reason()));
  }

  /**
   * The pilot's share of the affordable particles; a quarter of them, if the share is too small to
   * be informative.
   *
   * @param affordable particles that the budget covers; infinite without a limit
   */
  private int pilotSize(double affordable) {
    double size =
        Math.max(pilotShare * affordable, Math.min(LEAST_PILOT * affordable, Choice.TELLING));
    return Math.clamp(Math.round(size), 2, PILOT_PARTICLES);
  }

  private static Map<String, Double> counts(RepeatedRuns filter) {
    Map<String, Double> counts = new LinkedHashMap<>();
    counts.put("pilot_particles", (double) filter.pilotParticles());
    counts.put("runs", (double) filter.runs());
    counts.put("particles", filter.meanParticles());
    counts.put("residual_variance", filter.learned().varianceBefore());
    counts.put("residual_variance_twisted", filter.learned().varianceAfter());
    return counts;
  }

  /**
   * The particles' sample, or that of the frontier draws if these are more informative: if the tree
   * is known completely, if there are enough draws, or if particles have found no response. Draws
   * of the model are added to the particles' leaves, which are weighted by the number of particles.
   */
  private static LeafSample sample(Run run, Closing closing, LeafSample particles) {
    if (!run.enumerates()) {
      LeafSample draws = closing.leaves().orElse(new LeafSample());
      for (int i = 0; i < draws.size(); i++) {
        particles.addLog(draws.leaf(i), draws.logWeight(i));
      }
      return particles;
    }
    if (!closing.isExact() && !closing.isEnough() && particles.positiveSize() > 0) {
      return particles;
    }
    LeafSample draws = closing.leaves().orElse(new LeafSample());
    draws.complete(run);
    return draws;
  }

  private static Sampling sampling(
      Run run,
      Closing closing,
      LeafSample particles,
      Map<String, Double> counts,
      List<String> reasons) {
    LeafSample sample = sample(run, closing, particles);
    RunOptions options = run.options();
    var lineages = Lineages.of(sample, options);
    boolean distributionIsKnown = closing.isExact() && sample.size() > 0;
    double size =
        distributionIsKnown
            ? Double.POSITIVE_INFINITY
            : Math.min(sample.kishSize(), lineages.effective());
    Map<String, Double> all = new LinkedHashMap<>(counts);
    lineages.addTo(all);
    List<String> notes = new ArrayList<>();
    if (closing.isExact()) {
      notes.add("exact: the whole tree is known");
    } else {
      notes.addAll(reasons);
      notes.addAll(lineages.notes());
    }
    return run.result(
        sample.draws(run.explorer(), options.n(), options.seed()),
        sample.outcomes(run.explorer()),
        closing,
        size,
        all,
        notes);
  }
}
