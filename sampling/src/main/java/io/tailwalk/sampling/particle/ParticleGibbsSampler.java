package io.tailwalk.sampling.particle;

import io.tailwalk.core.random.Chooser;
import io.tailwalk.core.tree.ExpansionRule;
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
import io.tailwalk.sampling.SmcParameters;
import io.tailwalk.sampling.estimate.Autocorrelation;
import io.tailwalk.sampling.estimate.Evidence;
import io.tailwalk.sampling.frontier.Closing;
import io.tailwalk.sampling.frontier.IntervalShare;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Particle Gibbs (iterated conditional SMC; Andrieu, Doucet and Holenstein 2010): a completion is
 * kept, a particle system is run conditional on it, and the next one is drawn from the system in
 * proportion to weight. Every sweep leaves {@code pi*} invariant for two or more particles, so the
 * distribution of the completion after a sweep tends to {@code pi*} with the number of sweeps:
 * exact in the limit of iterations, at a fixed number of particles. The first completion comes from
 * a free system and is biased; there is no burn-in.
 *
 * <p>With enumerated children particles are guided as in {@link SmcSampler}. With sampled children
 * the target would be a fixed sampled tree instead of the model, so each particle proposes one new
 * block from the model and is weighted by the value after it.
 *
 * @param parameters of the particles, at least 2; resampling in sweeps is always multinomial
 * @param iterations limit on sweeps; {@link Integer#MAX_VALUE} for none
 * @param intervalShare part of the budget for the interval of the success probability, in [0, 1)
 */
public record ParticleGibbsSampler(SmcParameters parameters, int iterations, double intervalShare)
    implements Sampler {
  /** Refuses fewer than two particles or one sweep, and shares out of range. */
  public ParticleGibbsSampler {
    if (parameters.particles() < 2) {
      throw new IllegalArgumentException(
          "particle-gibbs needs at least 2 particles, got " + parameters.particles());
    }
    if (iterations < 1) {
      throw new IllegalArgumentException("iterations must be at least 1, got " + iterations);
    }
    IntervalShare.require(intervalShare);
  }

  @Override
  public String name() {
    return "particle-gibbs";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("particles", parameters.particles());
    params.put("ess_threshold", parameters.essThreshold());
    if (iterations < Integer.MAX_VALUE) {
      params.put("iterations", iterations);
    }
    params.put("interval_share", intervalShare);
    return params;
  }

  /** All tokens, or blocks of several: each particle draws one action, not one of K. */
  @Override
  public boolean follows(ExpansionRule rule) {
    return rule instanceof ExpansionRule.Enumerate || rule.actionLength() > 1;
  }

  @Override
  public TargetDistribution targetDistribution() {
    return TargetDistribution.EXACT_IN_THE_LIMIT;
  }

  @Override
  public Sampling run(SamplingProblem problem, RunOptions options, SamplingListener listener) {
    var run = new Run(problem, options, listener, intervalShare);
    var chain = new Chain(run, proposal(run));
    boolean guided = run.enumerates();
    while (run.mayBegin() && (!guided || run.rootIsAlive()) && chain.sweeps < iterations) {
      if (!chain.sweep()) {
        break;
      }
    }
    if (chain.systems > 0 && chain.kept == GenerationTree.NONE) {
      run.noneSurvived();
    }
    var closing = new Closing(run, chain.evidence());
    closing.spendRest();
    Map<String, Double> counts = new LinkedHashMap<>();
    counts.put("sweeps", (double) chain.sweeps);
    counts.put("accepted", (double) chain.changes);
    return run.result(
        chain.visited.draws(run.explorer(), options.n(), options.seed()),
        chain.weighted.outcomes(run.explorer()),
        closing,
        chain.effectiveSize(),
        counts);
  }

  /** The proposal for the problem's expansion rule. */
  static Proposal proposal(Run run) {
    return switch (run.explorer().spec().rule()) {
      case ExpansionRule.Enumerate() -> new GuidedProposal(run.explorer());
      case ExpansionRule.Sample(int _, int blockLength) ->
          new ModelProposal(run.explorer(), blockLength);
      case ExpansionRule.HeadAndTail(int _, int _) -> new ModelProposal(run.explorer(), 1);
    };
  }

  /** The nodes after each move on the path to a leaf. */
  static int[] path(GenerationTree tree, int leaf, int actionLength) {
    List<Integer> path = new ArrayList<>();
    for (int node = leaf; !tree.isRoot(node); node = tree.parent(node)) {
      if (node == leaf || tree.depth(node) % actionLength == 0) {
        path.addFirst(node);
      }
    }
    return path.stream().mapToInt(node -> node).toArray();
  }

  /** Draws a particle in proportion to weight; at least one is alive. */
  static int choose(ParticleSystem system, Chooser chooser) {
    double[] cumulative = new double[system.size()];
    double logMass = system.logMass();
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      sum += Math.exp(system.logWeight(i) - logMass);
      cumulative[i] = sum;
    }
    return system.leaf(chooser.categorical(cumulative, 0, cumulative.length));
  }

  /** The kept completion and its statistics. */
  private final class Chain {
    private final Run run;
    private final Proposal proposal;
    private final LeafSample visited = new LeafSample();
    private final LeafSample weighted = new LeafSample();
    private final List<Double> freeMasses = new ArrayList<>();
    private int kept = GenerationTree.NONE;
    private int systems;
    private int sweeps;
    private int changes;

    Chain(Run run, Proposal proposal) {
      this.run = run;
      this.proposal = proposal;
    }

    /** A free system until one survives, then conditional systems; false if cut. */
    boolean sweep() {
      Explorer explorer = run.explorer();
      Chooser chooser = run.chooser(systems);
      int root = explorer.root(0);
      ParticleSystem system =
          kept == GenerationTree.NONE
              ? ParticleSystem.free(run, proposal, parameters, chooser, root)
              : ParticleSystem.conditional(
                  run,
                  proposal,
                  parameters,
                  chooser,
                  root,
                  path(explorer.tree(), kept, proposal.actionLength()));
      if (!system.finish()) {
        return false;
      }
      systems++;
      if (kept == GenerationTree.NONE) {
        freeMasses.add(system.logMass());
      }
      if (system.logMass() > Double.NEGATIVE_INFINITY) {
        note(system, choose(system, chooser));
      }
      return true;
    }

    /** Free systems are units; systems conditional on a completion are not. */
    Evidence evidence() {
      var evidence = new Evidence();
      freeMasses.forEach(logMass -> evidence.addUnbounded(Math.exp(logMass)));
      return evidence;
    }

    /** Sweeps over the integrated autocorrelation time of the completions' log-probability. */
    double effectiveSize() {
      GenerationTree tree = run.explorer().tree();
      double[] logProbs = new double[visited.size()];
      for (int i = 0; i < logProbs.length; i++) {
        logProbs[i] = tree.logPi(visited.leaf(i));
      }
      return Math.min(Autocorrelation.effectiveSize(logProbs), changes + 1.0);
    }

    private void note(ParticleSystem system, int next) {
      sweeps++;
      changes += kept != GenerationTree.NONE && next != kept ? 1 : 0;
      kept = next;
      visited.addLog(next, 0);
      run.completed(next);
      double logTotal = system.logMass() + Math.log(system.size());
      for (int i = 0; i < system.size(); i++) {
        if (system.logWeight(i) > Double.NEGATIVE_INFINITY) {
          weighted.addLog(system.leaf(i), system.logWeight(i) - logTotal);
        }
      }
    }
  }
}
