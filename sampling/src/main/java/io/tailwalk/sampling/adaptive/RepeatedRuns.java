package io.tailwalk.sampling.adaptive;

import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.Purpose;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.estimate.Estimate;
import io.tailwalk.sampling.estimate.WeightedRuns;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Runs of the discrete particle filter, one after the other, each with the twist learnt from all
 * before it.
 */
final class RepeatedRuns {
  /** A last run smaller than this share of the one before it is not worth its noise. */
  private static final double WORTHWHILE = 0.1;

  private static final int MOST_RUNS = 4;

  /** Particles that a run should have where values are poor. */
  private static final double HARD_RUN = 24;

  /** With fewer new nodes a step than this a tree is about known. */
  private static final double NEW = 0.125;

  private final Run run;
  private final Explorer explorer;
  private final BudgetShare budget;
  private final TwistLearner learner;
  private final int maxParticles;
  private final int maxLeaves;
  private final LeafSample sample = new LeafSample();
  private final WeightedRuns masses = new WeightedRuns();
  private LearnedTwist learned = LearnedTwist.NOTHING;
  private double perParticle;

  /** Whether expansions cost, so that prefixes of little mass are not worth one. */
  private boolean sparing = true;

  private int copy;
  private int planned;
  private int pilotParticles;
  private double pilotLogMass;
  private Spread pilotSpread = new Spread();
  private Optional<LeafSample> known = Optional.empty();

  RepeatedRuns(Run run, int maxParticles, int maxLeaves) {
    this.run = run;
    this.explorer = run.explorer();
    this.budget = new BudgetShare(explorer);
    this.learner = new TwistLearner(explorer);
    this.maxParticles = maxParticles;
    this.maxLeaves = maxLeaves;
    this.perParticle = budget.perParticle();
  }

  /**
   * A first run, on which the choice of sampler depends. It counts like all others: its leaves are
   * unbiased whatever comes after it.
   */
  void pilot(int particles) {
    pilotParticles = particles;
    ParticleRun pilot = one(particles);
    pilotLogMass = pilot.logSuccessProbability();
    pilotSpread = pilot.spread();
    if (pilot.isDone()) {
      take(pilot, particles);
    }
  }

  /** Runs until the budget is used or the tree is known whole. */
  void runToTheEnd() {
    int previous = 0;
    while (known.isEmpty() && run.mayBegin()) {
      int behind = masses.size() - (pilotParticles > 0 ? 1 : 0);
      int particles = affordable(Math.max(1, plannedRuns() - behind));
      if (particles < WORTHWHILE * previous) {
        break;
      }
      ParticleRun finished = one(particles);
      if (!finished.isDone()) {
        break;
      }
      take(finished, particles);
      previous = particles;
    }
  }

  /**
   * Where values are good, several runs cost nothing and give an interval; else runs must be large.
   */
  private int plannedRuns() {
    if (planned == 0) {
      boolean easy = pilotParticles > 0 && spread() < 1;
      double total = perParticle == 0 ? Double.MAX_VALUE : (1 - budget.spent()) / perParticle;
      planned = easy ? MOST_RUNS : Math.clamp(Math.round(total / HARD_RUN), 1, MOST_RUNS);
    }
    return planned;
  }

  /** Relative variance of a particle's weight by the pilot, less what the twist has learnt. */
  double spread() {
    return pilotSpread.ofParticles() * learned.left();
  }

  private int affordable(int runsLeft) {
    double left = 1 - budget.spent();
    return perParticle == 0
        ? maxParticles
        : Math.clamp(Math.round(left / perParticle / runsLeft), 1, maxParticles);
  }

  private ParticleRun one(int particles) {
    double before = budget.spent();
    long nodesBefore = explorer.meter().nodesExpanded();
    long stepsBefore = explorer.meter().steps();
    int root = explorer.root(run.enumerates() ? 0 : copy);
    RandomGenerator random = Streams.of(run.options().seed(), Purpose.MOVES, copy++);
    var particleRun =
        new ParticleRun(explorer, root, learned.twist(), particles, maxLeaves, sparing, random);
    long tokens = Math.round(particles * budget.tokensPerExpansion());
    while (!particleRun.isDone() && run.mayGoOn(particles, tokens)) {
      particleRun.advance();
    }
    if (particleRun.isDone()) {
      double cost = budget.spent() - before;
      perParticle = Math.max(cost / particles, perParticle / 16);
      learned = learner.learn();
    }
    long expanded = explorer.meter().nodesExpanded() - nodesBefore;
    sparing = expanded >= NEW * (explorer.meter().steps() - stepsBefore);
    if (run.enumerates() && expanded == 0) {
      known = KnownTree.leaves(explorer, root);
    }
    return particleRun;
  }

  private void take(ParticleRun finished, int particles) {
    LeafSample leaves = finished.leaves();
    for (int i = 0; i < leaves.size(); i++) {
      sample.addLog(leaves.leaf(i), leaves.logWeight(i) + Math.log(particles));
      run.completed(leaves.leaf(i));
    }
    masses.add(finished.logSuccessProbability(), particles);
  }

  LeafSample sample() {
    return known.orElse(sample);
  }

  /** {@code Z}: the mean over runs weighted by size, or exactly where the tree is known. */
  Optional<Estimate> successProbability() {
    if (known.isEmpty()) {
      return masses.estimate();
    }
    double z = 0;
    for (int i = 0; i < sample().size(); i++) {
      z += sample().weight(i);
    }
    return Optional.of(new Estimate(z, z, z, 1, true, "exact: the whole tree is known"));
  }

  /** Kish's size of the weighted leaves; infinite where the law is exact and there is one. */
  double effectiveSampleSize() {
    boolean lawIsKnown = isExact() && sample().size() > 0;
    return lawIsKnown ? Double.POSITIVE_INFINITY : sample().kishSize();
  }

  boolean isExact() {
    return known.isPresent();
  }

  int runs() {
    return masses.size();
  }

  double meanParticles() {
    return masses.meanSize();
  }

  int pilotParticles() {
    return pilotParticles;
  }

  double pilotLogMass() {
    return pilotLogMass;
  }

  Spread pilotSpread() {
    return pilotSpread;
  }

  LearnedTwist learned() {
    return learned;
  }
}
