package io.tailwalk.sampling.adaptive;

import io.tailwalk.core.Plural;
import io.tailwalk.core.random.Streams;
import io.tailwalk.core.tree.Explorer;
import io.tailwalk.core.tree.Guide;
import io.tailwalk.sampling.BudgetShare;
import io.tailwalk.sampling.LeafSample;
import io.tailwalk.sampling.Purpose;
import io.tailwalk.sampling.Run;
import io.tailwalk.sampling.estimate.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Consecutive runs of the discrete particle filter, each with the twist learnt from all earlier
 * runs.
 */
final class RepeatedRuns {
  /** A last run smaller than this share of the preceding run is not worth its noise. */
  private static final double WORTHWHILE = 0.1;

  private static final int MOST_RUNS = 4;

  /**
   * Consecutive runs without a new model token after which the rest would find nothing new either:
   * on a small tree whose distributions are all known, a budget of tokens never ends.
   */
  private static final int MOST_IDLE_RUNS = 64;

  /** More particles than a run can have. */
  private static final long LINEAGES_PER_RUN = 1L << 40;

  /** Particles that a run should have if values are poor. */
  private static final double HARD_RUN = 24;

  /** Expanded nodes from which a twist can be learnt. */
  private static final long FIRST_LESSON = 24;

  /** Growth of the tree between two fits of the twist. */
  private static final double LESSONS = 1.25;

  /** With fewer new nodes per step a tree is almost completely known. */
  private static final double NEW = 0.125;

  private final Run run;
  private final Explorer explorer;
  private final BudgetShare budget;
  private final TwistLearner learner;
  private final int maxParticles;
  private final int maxLeaves;
  private final LeafSample ofPilot = new LeafSample();
  private final LeafSample ofRuns = new LeafSample();
  private final List<Double> logMasses = new ArrayList<>();
  private final List<Integer> sizes = new ArrayList<>();
  private LearnedTwist learned = LearnedTwist.NOTHING;

  /** Expanded nodes at which the twist is learnt again. */
  private long nextLesson = FIRST_LESSON;

  /** Whether the last run found no new node on an enumerated tree. */
  private boolean seenAll;

  private double perParticle;

  /** Whether expansions are costly, so that prefixes of low weight are not worth one. */
  private boolean sparing = true;

  private int copy;
  private int planned;
  private int pilotParticles;
  private boolean pilotIsDone;
  private double pilotLogMass;
  private Spread pilotSpread = new Spread();

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
   * unbiased whatever follows.
   */
  void pilot(int particles) {
    pilotParticles = Math.min(particles, maxParticles);
    ParticleRun pilot = one(pilotParticles);
    pilotLogMass = pilot.logSuccessProbability();
    pilotSpread = pilot.spread();
    pilotIsDone = pilot.isDone();
    if (pilotIsDone) {
      take(pilot, pilotParticles, ofPilot);
    }
  }

  /** Runs until the budget is used or the tree is known completely. */
  void runToTheEnd() {
    int previous = 0;
    int idle = 0;
    while (!seenAll && idle < MOST_IDLE_RUNS && run.mayBegin()) {
      long tokensBefore = explorer.meter().modelTokens();
      int behind = logMasses.size() - (pilotParticles > 0 ? 1 : 0);
      int particles = affordable(Math.max(1, plannedRuns() - behind));
      if (particles < WORTHWHILE * previous) {
        break;
      }
      ParticleRun finished = one(particles);
      if (!finished.isDone()) {
        break;
      }
      take(finished, particles, ofRuns);
      previous = particles;
      idle = explorer.meter().modelTokens() == tokensBefore ? idle + 1 : 0;
    }
  }

  /**
   * With good values several runs cost nothing and provide an interval; otherwise runs must be
   * large.
   */
  private int plannedRuns() {
    if (planned == 0) {
      boolean easy = pilotParticles > 0 && spread() < 1;
      double total = perParticle == 0 ? Double.MAX_VALUE : (1 - budget.spent()) / perParticle;
      planned = easy ? MOST_RUNS : Math.clamp(Math.round(total / HARD_RUN), 1, MOST_RUNS);
    }
    return planned;
  }

  /**
   * Relative variance of a particle's weight in the pilot, minus the part that the twist has
   * learnt.
   */
  double spread() {
    double ofPilot = pilotSpread.ofParticles();
    // A pilot that met nothing says nothing, whatever was learnt.
    return Double.isInfinite(ofPilot) ? ofPilot : ofPilot * learned.left();
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
      if (explorer.meter().nodesExpanded() >= nextLesson) {
        learn();
        particleRun.twistBy(learned.twist());
      }
      particleRun.advance();
    }
    if (particleRun.isDone()) {
      double cost = budget.spent() - before;
      perParticle = Math.max(cost / particles, perParticle / 16);
      learn();
    }
    long expanded = explorer.meter().nodesExpanded() - nodesBefore;
    sparing = expanded >= NEW * (explorer.meter().steps() - stepsBefore);
    seenAll = run.enumerates() && expanded == 0;
    return particleRun;
  }

  private void learn() {
    learned = learner.learn();
    nextLesson = (long) Math.ceil(LESSONS * explorer.meter().nodesExpanded());
  }

  private void take(ParticleRun finished, int particles, LeafSample sample) {
    LeafSample leaves = finished.leaves();
    long before = LINEAGES_PER_RUN * logMasses.size();
    for (int i = 0; i < leaves.size(); i++) {
      double logWeight = leaves.logWeight(i) + Math.log(particles);
      if (leaves.lineage(i) < 0) {
        sample.addLog(leaves.leaf(i), logWeight);
      } else {
        sample.addLog(leaves.leaf(i), logWeight, before + leaves.lineage(i));
      }
      run.completed(leaves.leaf(i));
    }
    logMasses.add(finished.logSuccessProbability());
    sizes.add(particles);
  }

  /** The leaves of all runs; those of the pilot only if they count. */
  LeafSample sample() {
    if (pilotIsApart() && ofRuns.positiveSize() > 0) {
      return ofRuns;
    }
    var all = new LeafSample();
    all.addAll(ofPilot);
    all.addAll(ofRuns);
    return all;
  }

  /**
   * The estimate of Z from the runs. Each run's estimate is unbiased given the runs before it, and
   * a unit of the lower betting end; their mean weighted by size, perhaps without the pilot, is
   * unbiased for one run, and nearly unbiased for several, because the cost of earlier runs decides
   * the sizes and number of later ones. All runs keep the same heavy prefixes, so their spread does
   * not measure their error.
   */
  Evidence evidence() {
    var evidence = new Evidence();
    double sum = 0;
    double total = 0;
    int first = pilotIsApart() ? 1 : 0;
    for (int r = 0; r < runs(); r++) {
      double mass = Math.exp(logMasses.get(r));
      evidence.addUnbounded(mass);
      sum += r < first ? 0 : sizes.get(r) * mass;
      total += r < first ? 0 : sizes.get(r);
    }
    if (total > 0) {
      // The number of runs depends on what they saw.
      int counted = runs() - first;
      evidence.estimate(sum / total, false, "mean over " + Plural.of(counted, "particle run"));
    }
    return evidence;
  }

  /**
   * Whether later runs look ahead, so that the pilot, which did not, is much noisier than they are
   * for its size: its estimate and its leaves do not count if there is another run.
   */
  private boolean pilotIsApart() {
    return looksAhead() && pilotIsDone && runs() > 1;
  }

  /** Whether the twist looks ahead with the verifier's automata. */
  boolean looksAhead() {
    return learned.twist() instanceof StateChain;
  }

  /** What guides draws from the frontier: a twist that looks ahead, or nothing. */
  Guide guide() {
    return learned.twist() instanceof StateChain chain
        ? new ChainGuide(explorer, chain)
        : Guide.NONE;
  }

  int runs() {
    return logMasses.size();
  }

  double meanParticles() {
    return sizes.stream().mapToInt(size -> size).average().orElse(0);
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
